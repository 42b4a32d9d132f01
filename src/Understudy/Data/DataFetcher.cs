using System.Net;
using System.Net.Http.Headers;
using Understudy.Data.Formats;
using Understudy.Training;

namespace Understudy.Data;

/// <summary>Fetches public data sets: goes on where it was cut off, and keeps a file only under a right checksum.</summary>
/// <param name="http">Carries the requests; its timeout applies to the head of an answer.</param>
/// <param name="time">The clock that measures the pauses between tries.</param>
public sealed class DataFetcher(HttpClient http, TimeProvider time)
{
    /// <summary>What the name of an unfinished file ends with.</summary>
    public const string PartSuffix = ".part";

    private const int MaxTries = 5; // in a row without a byte of progress
    private const long MaxLength = 4L << 30;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(60);
    private static readonly Dictionary<string, double> NoValues = [];

    /// <summary>Fetches the files of a set that are not yet there, and writes the names of its classes beside them.</summary>
    /// <param name="set">The set.</param>
    /// <param name="directory">Where to; made where it is not there.</param>
    /// <param name="baseUrl">A mirror, or null for the set's source.</param>
    /// <param name="progress">Told the bytes of each file; may be null.</param>
    /// <param name="cancellation">Stops; what has come stays, and the next call goes on from it.</param>
    /// <exception cref="InputException">A file of the same name and other content is in the way.</exception>
    /// <exception cref="FetchException">A file cannot be fetched, or has a wrong checksum.</exception>
    public async Task FetchAsync(
        PublicDataSet set,
        string directory,
        Uri? baseUrl = null,
        IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in set.Files)
        {
            var path = Path.Combine(directory, file.Name);
            if (!File.Exists(path)) await FetchFileAsync(set.Address(file, baseUrl), file, path, progress, cancellation);
            else if (!Checksum.Matches(path, file.Checksums))
                throw new InputException($"{path}: is there already with other content than {set.Name} has; remove it or name another folder");
        }
        AtomicFile.WriteText(Path.Combine(directory, ClassLabels.FileName), string.Concat(set.ClassNames.Select(name => name + "\n")));
    }

    private async Task FetchFileAsync(Uri address, PublicFile file, string path, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var part = path + PartSuffix;
        var isFromBefore = File.Exists(part);
        await DownloadAsync(address, part, progress, cancellation);
        if (isFromBefore && !Checksum.Matches(part, file.Checksums))
        {
            File.Delete(part); // its beginning may have been of another file
            await DownloadAsync(address, part, progress, cancellation);
        }
        if (!Checksum.Matches(part, file.Checksums))
        {
            File.Delete(part);
            var right = string.Join(" or ", file.Checksums);
            throw new FetchException($"{address}: what came is not {file.Name}, whose checksum is {right}; nothing was kept, try a mirror (--base-url)");
        }
        File.Move(part, path);
    }

    private async Task DownloadAsync(Uri address, string part, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        for (var failures = 0; ;)
        {
            var before = Length(part);
            try
            {
                await RequestAsync(address, part, progress, cancellation);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                failures = Length(part) > before ? 0 : failures + 1;
                if (failures == MaxTries)
                {
                    var reason = e.Message.ReplaceLineEndings(" ").TrimEnd('.');
                    throw new FetchException($"{address}: {reason} ({MaxTries} tries); the same command goes on from byte {Length(part)}", e);
                }
                progress?.Report(new StageProgress("fetch", NameOf(part), Length(part), Length(part) + 1, new Dictionary<string, double> { ["failed tries"] = failures }));
            }
            await Task.Delay(FirstPause * (1 << failures), time, cancellation);
        }
    }

    /// <summary>One request: appends what comes to the part, or starts it anew where the server does not resume.</summary>
    private async Task RequestAsync(Uri address, string part, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        await using var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (stream.Length > 0) request.Headers.Range = new RangeHeaderValue(stream.Length, null);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (stream.Length > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return; // all of it is there already
        if (IsRefusal(response.StatusCode))
            throw new FetchException($"{address}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}");
        response.EnsureSuccessStatusCode();
        var isResumed = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == stream.Length;
        if (!isResumed) stream.SetLength(0);
        stream.Seek(0, SeekOrigin.End);

        var name = NameOf(part);
        var total = stream.Length + (response.Content.Headers.ContentLength ?? 0);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[1 << 18];
        while (true)
        {
            silence.CancelAfter(MaxSilence);
            var count = await body.ReadAsync(buffer, silence.Token);
            if (count == 0) return;
            if (stream.Length + count > MaxLength)
                throw new FetchException($"{address}: sends more than {MaxLength} bytes, which no data set here has");
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellation);
            progress?.Report(new StageProgress("fetch", name, stream.Length, Math.Max(stream.Length, total), NoValues));
        }
    }

    /// <summary>Whether asking again cannot help: an answer 4xx other than a timeout or too many requests.</summary>
    private static bool IsRefusal(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private static string NameOf(string part) => Path.GetFileName(part)[..^PartSuffix.Length];

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
