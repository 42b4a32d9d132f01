namespace Understudy.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("method", "unknown verb 'method'; did you mean 'methods'?")]
    [InlineData("methods --jsno", "unknown option '--jsno'; did you mean '--json'?; see understudy methods --help")]
    [InlineData("run", "STUDY is missing (A study file; samples/ has some); see understudy run --help")]
    [InlineData("report", "RUN is missing (The run's folder); see understudy report --help")]
    [InlineData("run x.yaml --output", "required argument missing for option: '--output'; see understudy run --help")]
    [InlineData("data inspect x --size big", "--size is 'big'; give a whole number up to 2147483647; see understudy data inspect --help")]
    [InlineData("data inspect x --size 99999999999", "--size is '99999999999'; give a whole number up to 2147483647; see understudy data inspect --help")]
    [InlineData("data inspect x --axis up", "--axis is 'up'; give one of axial, coronal, sagittal; see understudy data inspect --help")]
    [InlineData("data convert x y --format jpg", "argument 'jpg' not recognized. Must be one of: 'npz' 'png'; see understudy data convert --help")]
    [InlineData("account epsilon --sigma much --delta 1e-5", "--sigma is 'much'; give a number; see understudy account epsilon --help")]
    [InlineData("account roc --sigma 1 --fpr 0.1 x", "--fpr is 'x'; give a number; see understudy account roc --help")]
    [InlineData("report no-run --csv x.csv", "--csv writes a comparison; name the runs to compare with by --compare")]
    [InlineData("data", "a verb is missing: one of inspect, convert, fetch; see understudy data --help")]
    [InlineData("methods extra", "unexpected argument 'extra'; see understudy methods --help")]
    public void WrongCommandLineIsOneLineAndExitCode2(string line, string message)
    {
        var (code, output, error) = Cli.Run(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Equal(message + Environment.NewLine, error);
    }

    [Theory]
    [InlineData("run", "")]
    [InlineData("data", "inspect", "")]
    [InlineData("run", "x.yaml", "--output", "")]
    public void EmptyArgumentIsRefused(params string[] args)
    {
        var (code, output, error) = Cli.Run(args);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("an argument is empty", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void NoVerbShowsHelp()
    {
        var (code, output, _) = Cli.Run();

        Assert.Equal(2, code);
        Assert.Contains("understudy [command]", output, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpIsNoError()
    {
        var (code, output, _) = Cli.Run("methods", "--help");

        Assert.Equal(0, code);
        Assert.Contains("understudy methods", output, StringComparison.Ordinal);
    }
}
