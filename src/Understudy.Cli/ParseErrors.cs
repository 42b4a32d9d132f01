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
            return $"{(missing is null ? Problem(parse) : $"{missing.Name} is missing ({missing.Description})")}; see {path} --help";
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

    /// <summary>The library's sentence, but where a value is of the wrong type, which it names as .NET does.</summary>
    private static string Problem(ParseResult parse)
    {
        var message = parse.Errors[0].Message;
        return message.Split('\'') is [_, var value, " for option ", var name, " as expected type ", ..]
            && parse.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name) is { } option && Wanted(option.ValueType) is { } wanted
            ? $"{name} is '{value}'; give {wanted}"
            : Sentence(message);
    }

    /// <summary>What a value of a type looks like; null where nobody could have given another.</summary>
    private static string? Wanted(Type type)
    {
        if (type.IsArray) type = type.GetElementType()!;
        type = Nullable.GetUnderlyingType(type) ?? type;
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
