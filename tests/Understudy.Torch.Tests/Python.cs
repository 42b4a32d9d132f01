using System.Diagnostics;

namespace Understudy.Torch.Tests;

/// <summary>Runs scripts in the system's Python where that has PyTorch; tests skip where it has not.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<bool> HasTorch = new(() => File.Exists(Interpreter) && Start("import torch").Exit == 0);

    /// <summary>Runs a script, whose arguments are in <c>sys.argv[1:]</c>; returns what it prints.</summary>
    internal static string Run(string script, params string[] arguments)
    {
        if (!HasTorch.Value) Assert.Skip($"{Interpreter} has no PyTorch");
        var (exit, output, error) = Start(script, arguments);
        Assert.True(exit == 0, error);
        return output.Trim();
    }

    private static (int Exit, string Output, string Error) Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter, ["-W", "ignore", "-c", script, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
