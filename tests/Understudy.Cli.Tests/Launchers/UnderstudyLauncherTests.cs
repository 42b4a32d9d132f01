namespace Understudy.Cli.Tests.Launchers;

public sealed class UnderstudyLauncherTests : IDisposable
{
    private readonly House house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Arguments_output_and_exit_code_are_the_programs()
    {
        var outcome = await house.Run("understudy", "run", "my study.yaml");

        Assert.Equal("arguments: run my study.yaml\n", outcome.Output);
        Assert.Equal(7, outcome.ExitCode);
    }

    [Fact]
    public async Task Second_start_sets_nothing_up()
    {
        await house.Run("understudy");
        var calls = house.Calls;

        var outcome = await house.Run("understudy");

        Assert.Equal(calls, house.Calls);
        Assert.Equal("", outcome.Error);
    }

    [Theory]
    [InlineData("src/Program.cs")]
    [InlineData("src/New.cs")]
    [InlineData("native/library.cpp")]
    [InlineData("Directory.Packages.props")]
    public async Task Changed_source_is_built_again(string file)
    {
        await house.Run("understudy");

        house.Write(file, "// changed");
        await house.Run("understudy");

        Assert.Equal(2, house.Calls.Count(call => call.StartsWith("dotnet build")));
    }

    [Fact]
    public async Task Starts_through_a_symbolic_link()
    {
        File.CreateSymbolicLink(Path.Combine(house.Root, "fakes", "us"), Path.Combine(house.Root, "understudy"));

        Assert.Equal(7, (await house.Run("fakes/us")).ExitCode);
    }

    [Fact]
    public async Task Two_at_once_build_once()
    {
        var outcomes = await Task.WhenAll(house.Run("understudy", "a"), house.Run("understudy", "b"));

        Assert.Equal(["arguments: a\n", "arguments: b\n"], outcomes.Select(outcome => outcome.Output));
        Assert.Single(house.Calls, call => call.StartsWith("dotnet build"));
    }

    [Fact]
    public async Task Build_that_was_killed_is_redone_without_its_leftovers()
    {
        house.Write("artifacts/setup/building", "");
        house.Write("artifacts/obj/Understudy/release/Understudy.dll", "half");

        Assert.Equal(7, (await house.Run("understudy")).ExitCode);

        Assert.False(File.Exists(Path.Combine(house.Root, "artifacts/obj/Understudy/release/Understudy.dll")));
    }

    [Fact]
    public async Task Failed_build_shows_its_end_and_is_tried_again()
    {
        house.Fake("dotnet", "[[ $1 == --list-sdks ]] && echo '10.0.100 [/]' || { echo 'Program.cs(1,1): error CS1002: ; expected'; exit 1; }");

        var outcome = await house.Run("understudy");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Contains("error CS1002", outcome.Error);
        Assert.Contains("artifacts/logs/dotnet.log", outcome.Error);
        await house.Run("understudy");
        Assert.Equal(2, house.Calls.Count(call => call.StartsWith("dotnet build")));
    }

    [Fact]
    public async Task Packages_that_it_may_not_install_are_named_in_one_line()
    {
        house.Remove("cmake");
        house.Remove("npm");

        var outcome = await house.Run("understudy");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("understudy: packages are missing; as root, run: apt-get install --no-install-recommends cmake npm\n", outcome.Error);
        Assert.Empty(house.Calls);
    }

    [Fact]
    public async Task Stale_package_lists_are_updated_though_one_source_is_broken()
    {
        house.Remove("make");
        house.Fake("sudo", "[[ $1 == -n ]] && shift; \"$@\"");
        house.Fake("dpkg", "");
        house.Fake("true", "");
        house.Fake("apt-get", """
            if [[ " $* " == *' update '* ]]; then touch updated; exit 100; fi
            [[ -f updated ]] && ln -s cmake fakes/make
            """);
        File.CreateSymbolicLink(Path.Combine(house.Root, "fakes", "ln"), "/usr/bin/ln");

        var outcome = await house.Run("understudy");

        Assert.Equal(7, outcome.ExitCode);
        Assert.Equal(["install", "update", "install"], house.Calls.Where(call => call.StartsWith("apt-get")).Select(call => call.Contains(" update") ? "update" : "install"));
        Assert.All(house.Calls.Where(call => call.Contains(" install ")), call => Assert.EndsWith(" install --no-install-recommends make", call));
    }

    [Fact]
    public async Task Absent_sdk_is_one_line()
    {
        house.Remove("dotnet");

        var outcome = await house.Run("understudy");

        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("understudy: the .NET 10 SDK is missing", outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Libtorch_that_is_none_is_wrong_input()
    {
        house.Libtorch = "/nowhere";

        var outcome = await house.Run("understudy");

        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith("understudy: UNDERSTUDY_TORCH=/nowhere is no libtorch", outcome.Error);
    }
}
