using System.CommandLine;
using Spectre.Console;
using Understudy.Cli.Progress;
using Understudy.Data;
using Understudy.Studies;
using Understudy.Training;

namespace Understudy.Cli;

/// <summary>What every verb shares: where to print, the options that all verbs know, the clock, and whether to stop.</summary>
/// <param name="output">The result; with <c>--json</c> one JSON document.</param>
/// <param name="error">Progress, logs and errors.</param>
/// <param name="isTerminal">Whether <paramref name="error"/> is a terminal that can draw progress bars.</param>
/// <param name="time">The clock.</param>
/// <param name="cancellation">Asks long work to write a checkpoint and stop.</param>
internal sealed class CliContext(TextWriter output, TextWriter error, bool isTerminal, TimeProvider time, CancellationToken cancellation)
{
    private bool _hasAnswered;

    public TextWriter Output { get; } = output;

    /// <summary>What is asked of a worker; empty where nothing is.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    public TextWriter Error { get; } = error;

    public TimeProvider Time { get; } = time;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Set on the root, known to every verb: <c>parse.GetValue(cli.Json)</c>.</summary>
    public Option<bool> Json { get; } = new("--json") { Recursive = true, Description = "Print one JSON document on standard output" };

    /// <summary>Set on the root, known to every verb.</summary>
    public Option<bool> Verbose { get; } = new("--verbose") { Recursive = true, Description = "Show where an error arose" };

    /// <summary>How to go on after an interruption; said when Ctrl-C stops the work.</summary>
    public string? ResumeHint { get; set; }

    /// <summary>Prints one JSON document.</summary>
    public void WriteJson(object value)
    {
        Output.WriteLine(JsonText.Write(value));
        _hasAnswered = true;
    }

    /// <summary>Prints an error as the one JSON document, unless that has been printed already.</summary>
    public void WriteJsonError(string error, int exitCode)
    {
        if (!_hasAnswered) WriteJson(new { error, exitCode });
    }

    /// <summary>Prints a table for a reader; the width follows the terminal, and is unlimited where there is none.</summary>
    public void WriteTable(Table table) => Console(Output).Write(table);

    /// <summary>Runs work that reports its progress: bars on a terminal, now and then a line otherwise.</summary>
    public T WithProgress<T>(Func<IProgress<StageProgress>, T> work) =>
        isTerminal ? ProgressBars.Run(Console(Error), work) : work(new ProgressLines(Error, Time));

    private static IAnsiConsole Console(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 240;
        return console;
    }
}
