using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using Understudy.Cli.Account;
using Understudy.Cli.Bench;
using Understudy.Cli.Ledger;
using Understudy.Data;

namespace Understudy.Cli;

/// <summary>The root of the command line: verbs in, exit code out.</summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongInput = 2;

    public static int Run(string[] args, CliContext cli)
    {
        var root = Root(cli);
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0 && parse.Action is not HelpAction) return Fail("", ParseErrors.Line(parse), WrongInput);
        if (parse.Tokens.Any(token => token.Value.Length == 0)) return Fail("", ParseErrors.Empty(parse), WrongInput);
        var verbose = parse.GetValue(cli.Verbose);
        try
        {
            return parse.Invoke(new InvocationConfiguration
            {
                Output = cli.Output,
                Error = cli.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (cli.Cancellation.IsCancellationRequested)
        {
            return Fail("", cli.ResumeHint is { } hint ? $"stopped; to go on: {hint}" : "stopped", Failed);
        }
        catch (InputException exception)
        {
            return Report("", exception, WrongInput);
        }
#pragma warning disable CA1031 // the outermost door: whatever comes is told in one line
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Report("error: ", exception, Failed);
        }

        int Fail(string prefix, string line, int code)
        {
            cli.Error.WriteLine(prefix + line);
            if (parse.GetResult(cli.Json) is { Implicit: false }) cli.WriteJsonError(line, code);
            return code;
        }

        int Report(string prefix, Exception exception, int code)
        {
            var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            if (verbose) cli.Error.WriteLine(exception);
            var remedy = (cause is IOException and not (FileNotFoundException or DirectoryNotFoundException) || cause.InnerException is DbException) && cli.ResumeHint is { } hint ? $"; what was done before is kept; once that is mended (is the disk full?), go on: {hint}" : "";
            return Fail(prefix, OneLine(cause.Message) + remedy, code);
        }
    }

    internal static Command Root(CliContext cli)
    {
        var root = new Command("understudy", "Makes synthetic stand-ins for private data and measures how useful and how private they are.")
        {
            new HelpOption(),
            new VersionOption(),
            cli.Json,
            cli.Verbose,
            DemoCommand.Create(cli),
            RunCommand.Create(cli),
            TrainCommand.Create(cli),
            StageCommands.Sample(cli),
            StageCommands.Evaluate(cli),
            StageCommands.Attack(cli),
            EditCommand.Create(cli),
            ReportCommand.Create(cli),
            ReleaseCommand.Create(cli),
            WorkCommand.Create(cli),
            InvertCommand.Create(cli),
            WalkCommand.Create(cli),
            MethodsCommand.Create(cli),
            AccountCommand.Create(cli),
            LedgerCommand.Create(cli),
            BenchCommand.Create(cli),
            DataCommand.Create(cli),
        };
        root.SetAction(parse =>
        {
            if (parse.GetValue(cli.Json)) throw new InputException($"{ParseErrors.NoVerb(root)}; see understudy --help");
            new HelpAction().Invoke(parse);
            return WrongInput;
        });
        return root;
    }

    private static string OneLine(string message) =>
        string.Join(" ", message.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
