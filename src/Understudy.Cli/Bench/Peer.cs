using System.Diagnostics;
using System.Text.Json;

namespace Understudy.Cli.Bench;

/// <summary>The same work in Python, in a process of its own that waits for its turn (see bench/peers/protocol.py).</summary>
internal sealed class Peer : IDisposable
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Process _process;
    private readonly Task<string> _error;

    private Peer(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a script of bench/peers.</summary>
    /// <param name="python">The Python that has PyTorch.</param>
    /// <param name="script">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Peer Start(string python, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(Folder(), script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Peer(Process.Start(start)!);
    }

    /// <summary>Does the work a number of times.</summary>
    /// <exception cref="InvalidOperationException">The peer ended instead of answering.</exception>
    public PeerAnswer Run(int steps)
    {
        try
        {
            _process.StandardInput.WriteLine($"step {steps}");
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended; its last words are told below.
        }
        return _process.StandardOutput.ReadLine() is { } line
            ? JsonSerializer.Deserialize<PeerAnswer>(line, SnakeCase)!
            : throw new InvalidOperationException($"the peer ended: {_error.Result.TrimEnd().Split('\n')[^1]}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "bench", "peers");
            if (Directory.Exists(peers)) return peers;
        }
        throw new DirectoryNotFoundException("bench/peers is not in any folder above the program");
    }
}
