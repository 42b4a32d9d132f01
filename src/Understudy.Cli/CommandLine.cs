using System.CommandLine;
using System.CommandLine.Help;
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
        if (parse.Errors.Count > 0 && parse.Action is not HelpAction)
        {
            cli.Error.WriteLine(ParseErrors.Line(parse));
            return WrongInput;
        }
        if (parse.Tokens.Any(token => token.Value.Length == 0))
        {
            cli.Error.WriteLine(ParseErrors.Empty(parse));
            return WrongInput;
        }
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
            cli.Error.WriteLine(cli.ResumeHint is { } hint ? $"stopped; to go on: {hint}" : "stopped");
            return Failed;
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

        int Report(string prefix, Exception exception, int code)
        {
            var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            cli.Error.WriteLine($"{prefix}{OneLine(cause.Message)}");
            if (verbose) cli.Error.WriteLine(exception);
            return code;
        }
    }

    private static Command Root(CliContext cli)
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
            new HelpAction().Invoke(parse);
            return WrongInput;
        });
        return root;
    }

    private static string OneLine(string message) =>
        string.Join(" ", message.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
