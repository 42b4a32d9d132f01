using System.Diagnostics;
using System.Text.Json;
using Understudy.Data;
using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>
/// A process of its own that is told which piece to do on its standard input and answers on its standard output. It stops, at a checkpoint, when its input ends: that is,
/// also when this process is killed. What it dies of is the failure of one piece; the next is done by a fresh process.
/// </summary>
internal sealed class ProcessWorker : IGridWorker
{
    private const string Threads = "OMP_NUM_THREADS";
    private const int ToldAtMost = 300;
    private static readonly TimeSpan StopsTogether = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ProcessStartInfo _start;
    private Process? _process;
    private Task<string>? _errors;

    /// <param name="command">How to start one.</param>
    /// <param name="run">The run's folder.</param>
    /// <param name="threads">Threads of one tensor operation.</param>
    public ProcessWorker(WorkerCommand command, string run, int threads)
    {
        _start = new ProcessStartInfo(command.Program, [.. command.Arguments, run])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _start.Environment[Threads] = $"{threads}";
    }

    public long Memory
    {
        get
        {
            try
            {
                _process?.Refresh();
                return _process is { HasExited: false } alive ? alive.WorkingSet64 : 0;
            }
            catch (InvalidOperationException)
            {
                // It ended between the question and the answer.
                return 0;
            }
        }
    }

    public async Task<string?> Do(GridItem item, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var process = Started();
        await using var stop = cancellation.Register(() => process.StandardInput.Close());
        try
        {
            await process.StandardInput.WriteLineAsync(item.Id);
            await process.StandardInput.FlushAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It has ended, or is being stopped; its output says which.
        }
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            var message = JsonSerializer.Deserialize<WorkerMessage>(line, JsonText.OneLine)!;
            if (message.Progress is { } far)
            {
                progress.Report(far);
                continue;
            }
            if (!message.IsStopped) return message.Failure;
            // Ctrl-C reaches both processes, perhaps this one last.
            await Task.Delay(StopsTogether, cancellation);
            return "its process was told to stop";
        }
        cancellation.ThrowIfCancellationRequested();
        await process.WaitForExitAsync(CancellationToken.None);
        var (code, told) = (process.ExitCode, (await _errors!).Trim());
        process.Dispose();
        _process = null;
        return $"its process ended with {code}{(told.Length > 0 ? $": {string.Join(' ', told[Math.Max(0, told.Length - ToldAtMost)..].Split('\n'))}" : ", perhaps for want of memory")}";
    }

    public void Dispose()
    {
        if (_process is not { } process) return;
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience)) process.Kill();
        process.Dispose();
        _process = null;
    }

    private Process Started()
    {
        if (_process is { HasExited: false }) return _process;
        _process?.Dispose();
        _process = Process.Start(_start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        return _process;
    }
}
