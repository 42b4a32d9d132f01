using System.Runtime.InteropServices;

namespace Understudy.Cli;

/// <summary>Turns the first Ctrl-C (or SIGTERM) into a request to write a checkpoint and stop; the second ends the program at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupt() =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        if (_source.IsCancellationRequested) return;
        signal.Cancel = true;
        Console.Error.WriteLine("stopping at the next checkpoint; the same again ends at once, and what is not yet written is lost");
        _source.Cancel();
    }
}
