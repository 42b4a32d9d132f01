namespace Understudy.Cli.Tests;

/// <summary>Runs the command line inside the test process.</summary>
internal static class Cli
{
    public static (int Code, string Output, string Error) Run(params string[] args) => Run(TestContext.Current.CancellationToken, args);

    public static (int Code, string Output, string Error) Run(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(args, new CliContext(output, error, isTerminal: false, TimeProvider.System, cancellation));
        return (code, output.ToString(), error.ToString());
    }
}
