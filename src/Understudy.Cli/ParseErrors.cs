using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Understudy.Data;

namespace Understudy.Cli;

/// <summary>Says in one line what is wrong with a command line, and what was probably meant.</summary>
internal static class ParseErrors
{
    public static string Line(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var path = CommandPath(parse.CommandResult);
        if (parse.UnmatchedTokens is not [var token, ..])
        {
            if (command.Subcommands.Count > 0) return $"{NoVerb(command)}; see {path} --help";
            var missing = command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parse.GetResult(argument) is not { Tokens.Count: > 0 });
            return $"{(missing is null ? Problem(parse.Errors[0]) : $"{missing.Name} is missing ({missing.Description})")}; see {path} --help";
        }
        if (token.StartsWith('-'))
            return $"unknown option '{token}'{Hint(token, OptionNames(parse.CommandResult))}; see {path} --help";
        var verbs = Verbs(command);
        return verbs.Length > 0
            ? $"unknown verb '{token}'{NearestName.Hint(token, verbs)}"
            : $"unexpected argument '{token}'; see {path} --help";
    }

    /// <summary>Says that an argument has no characters, as an unset variable of a shell gives.</summary>
    public static string Empty(ParseResult parse) => $"an argument is empty (\"\"); give it a value or leave it out; see {CommandPath(parse.CommandResult)} --help";

    /// <summary>Says that a verb is missing.</summary>
    public static string NoVerb(Command command) => $"a verb is missing: one of {string.Join(", ", Verbs(command))}";

    private static string[] Verbs(Command command) => [.. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)];

    private static string Hint(string option, IEnumerable<string> options) =>
        NearestName.Find(option, options) is { } near ? $"; did you mean '{near}'?" : "";

    private static IEnumerable<string> OptionNames(CommandResult result)
    {
        foreach (var option in result.Command.Options) yield return option.Name;
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            foreach (var option in parent.Command.Options.Where(option => option.Recursive)) yield return option.Name;
        }
    }

    private static string CommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}" : result.Command.Name;

    private static string Problem(ParseError error)
    {
        // One value of several has a result of its own within its argument's, and an option's argument one within the option's.
        var result = error.SymbolResult;
        while (result is ArgumentResult { Parent: ArgumentResult or OptionResult }) result = result.Parent;
        var (name, type) = result switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
            _ => (null, null),
        };
        // The library's own sentence for this names the .NET type.
        return type is not null && Wanted(type) is { } wanted && error.Message.Contains("as expected type", StringComparison.Ordinal)
            && error.Message.Split('\'') is [_, var wrong, ..]
            ? $"{name} is '{wrong}'; give {wanted}"
            : Sentence(error.Message);
    }

    /// <summary>What a value of a type looks like; null where nobody could have given another.</summary>
    private static string? Wanted(Type type)
    {
        type = Nullable.GetUnderlyingType(type.IsArray ? type.GetElementType()! : type) ?? type;
        return type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}"
            : Type.GetTypeCode(type) switch
            {
                TypeCode.Int32 => $"a whole number up to {int.MaxValue}",
                TypeCode.Int64 or TypeCode.UInt64 => "a whole number",
                TypeCode.Single or TypeCode.Double => "a number",
                TypeCode.Boolean => "true or false",
                _ => null,
            };
    }

    private static string Sentence(string message)
    {
        var line = string.Join(' ', message.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return char.ToLowerInvariant(line[0]) + line[1..].TrimEnd('.');
    }
}
