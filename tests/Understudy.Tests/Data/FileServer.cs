using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Understudy.Tests.Data;

/// <summary>An HTTP server of one file, as unreliable as it is told to be.</summary>
public sealed partial class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FileServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/mirror");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public byte[] Content { get; set; } = [];

    public bool ResumesRanges { get; init; } = true;

    /// <summary>After how many bytes of the body the first answers break off; later ones are whole.</summary>
    public Queue<int> Breaks { get; } = new();

    /// <summary>Statuses of the first answers, such as 503; later ones are 200 or 206.</summary>
    public Queue<int> Statuses { get; } = new();

    /// <summary>Path and first byte asked for, of each request.</summary>
    public List<(string Path, int From)> Requests { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        try
        {
            _serving.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // the end of serving
        }
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var stream = client.GetStream();
            try
            {
                await AnswerAsync(stream, await ReadHeadAsync(stream));
            }
            catch (IOException)
            {
                // the client hung up
            }
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1) head.Append((char)one[0]);
        return head.ToString();
    }

    private async Task AnswerAsync(NetworkStream stream, string head)
    {
        var asked = RangePattern().Match(head) is { Success: true } range ? int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        Requests.Add((head.Split(' ')[1], asked));
        var from = ResumesRanges ? asked : 0;
        var status = Statuses.TryDequeue(out var told) ? told : from > Content.Length - 1 ? 416 : from > 0 ? 206 : 200;
        var body = status is 200 or 206 ? Content[from..] : [];
        var lines = $"HTTP/1.1 {status} Told\r\nContent-Length: {body.Length}\r\nConnection: close\r\n";
        if (status == 206) lines += $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(lines + "\r\n"));
        await stream.WriteAsync(Breaks.TryDequeue(out var count) ? body.AsMemory(0, count) : body);
    }

    [GeneratedRegex(@"Range: bytes=(\d+)-", RegexOptions.IgnoreCase)]
    private static partial Regex RangePattern();
}
