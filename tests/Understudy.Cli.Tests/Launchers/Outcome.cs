namespace Understudy.Cli.Tests.Launchers;

/// <summary>What came of running a program.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);
