namespace Understudy.Cli.Tests;

public sealed class WorkCommandTests
{
    private const string Assembly = "/opt/understudy/Understudy.Cli.dll";

    [Theory]
    [InlineData("/opt/understudy/Understudy.Cli", "/opt/understudy/Understudy.Cli", "work")]
    [InlineData("/opt/understudy/Understudy.Cli.exe", "/opt/understudy/Understudy.Cli.exe", "work")]
    [InlineData("/usr/bin/dotnet", "/usr/bin/dotnet", "exec /opt/understudy/Understudy.Cli.dll work")]
    public void AWorkerIsStartedAsTheProgramWas(string process, string program, string arguments)
    {
        var command = WorkCommand.Of(process, Assembly)!;
        Assert.Equal((program, arguments), (command.Program, string.Join(' ', command.Arguments)));
    }

    [Fact]
    public void AnotherProgramHasNoWorkers()
    {
        Assert.Null(WorkCommand.Of("/usr/bin/testhost", Assembly));
        Assert.Null(WorkCommand.Of("/opt/understudy/Understudy", Assembly));
        Assert.Null(WorkCommand.Of(null, Assembly));
    }
}
