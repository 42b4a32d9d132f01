namespace Understudy.Cli.Tests.Launchers;

public sealed class TestLauncherTests : IDisposable
{
    private const string Passing = """
        echo '  Starting:    One.Tests'
        echo '    One.Adds [STARTING]'
        echo '    One.Adds [FINISHED] Time: 0.1s'
        echo '    One.Reads [STARTING]'
        echo '    One.Reads [SKIP]'
        echo '      there is no file'
        echo '    One.Reads [FINISHED] Time: 0s'
        echo '=== TEST EXECUTION SUMMARY ==='
        echo '   One.Tests  Total: 2, Errors: 0, Failed: 0, Skipped: 1, Not Run: 0, Time: 0.1s'
        """;

    private const string Failing = """
        echo '    Two.Divides [STARTING]'
        echo '    Two.Divides [FAIL]'
        echo '      Expected: 1'
        echo '      Actual:   2'
        echo '    Two.Divides [FINISHED] Time: 0.1s'
        echo '    Two.Adds [STARTING]'
        echo '    Two.Adds [FINISHED] Time: 0.1s'
        echo '=== TEST EXECUTION SUMMARY ==='
        echo '   Two.Tests  Total: 3, Errors: 1, Failed: 1, Skipped: 0, Not Run: 1, Time: 0.1s'
        exit 1
        """;

    private const string Broken = """
        echo '    Three.Adds [STARTING]'
        echo '    Three.Adds [FINISHED] Time: 0.1s'
        echo '    Three.Frees [STARTING]'
        """;

    private readonly House house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Counts_are_summed_and_come_last()
    {
        AddProject("One.Tests", Passing);
        AddProject("Other.Tests", Passing.Replace("One.Tests", "Other.Tests"));

        var outcome = await house.Run("test");

        Assert.Equal(0, outcome.ExitCode);
        Assert.EndsWith("\n2 passed, 0 failed, 2 skipped\n", outcome.Output);
        Assert.Contains("One.Tests: 1 passed, 0 failed, 1 skipped", outcome.Output);
        Assert.Contains("One.Reads: skipped: there is no file", outcome.Output);
    }

    [Fact]
    public async Task Failures_are_shown_in_full_and_fail_the_run()
    {
        AddProject("One.Tests", Passing);
        AddProject("Two.Tests", Failing);

        var outcome = await house.Run("test");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("    Two.Divides [FAIL]\n      Expected: 1\n      Actual:   2\n", outcome.Output);
        Assert.EndsWith("\n2 passed, 2 failed, 1 skipped\n", outcome.Output); // the error outside any test counts as failed
    }

    [Theory]
    [InlineData("kill -SEGV $$", "139")]
    [InlineData("exit 0", "0")]
    public async Task Test_program_that_breaks_off_counts_as_failed(string end, string status)
    {
        AddProject("Three.Tests", Broken + "\n" + end);

        var outcome = await house.Run("test");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"Three.Tests broke off (exit status {status}) while it ran:\n    Three.Frees\n", outcome.Output);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", outcome.Output);
    }

    [Fact]
    public async Task Crash_after_the_last_test_counts_as_failed()
    {
        AddProject("One.Tests", Passing + "\nkill -SEGV $$");

        var outcome = await house.Run("test");

        Assert.Equal(1, outcome.ExitCode);
        Assert.EndsWith("\n1 passed, 1 failed, 1 skipped\n", outcome.Output);
    }

    [Fact]
    public async Task Run_without_tests_fails()
    {
        AddProject("Empty.Tests", "echo '   Empty.Tests  Total: 0'");

        var outcome = await house.Run("test");

        Assert.Equal(1, outcome.ExitCode);
        Assert.EndsWith("\n0 passed, 0 failed, 0 skipped\n", outcome.Output);
    }

    [Fact]
    public async Task Build_that_fails_still_ends_with_the_counts()
    {
        house.Fake("cmake", "exit 1");
        AddProject("One.Tests", Passing);

        var outcome = await house.Run("test");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("0 passed, 0 failed, 0 skipped\n", outcome.Output);
    }

    [Fact]
    public async Task Filter_goes_to_every_test_program()
    {
        AddProject("One.Tests", "echo \"$*\" >arguments\n" + Passing);

        await house.Run("test", "--filter", "Adds");

        Assert.EndsWith("-method *Adds*\n", File.ReadAllText(Path.Combine(house.Root, "arguments")));
    }

    [Fact]
    public async Task Unknown_argument_is_wrong_input()
    {
        var outcome = await house.Run("test", "--frobnicate");

        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith("test: usage: ./test", outcome.Error);
        Assert.Empty(house.Calls);
    }

    private void AddProject(string name, string body)
    {
        Directory.CreateDirectory(Path.Combine(house.Root, "tests", name));
        house.WriteProgram($"artifacts/bin/{name}/release/{name}", $"cd '{house.Root}'\n{body}");
    }
}
