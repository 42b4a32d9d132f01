using System.Security.Cryptography;
using Understudy.Data;
using Understudy.Training;

namespace Understudy.Tests.Data;

public sealed class DataFetcherTests : IDisposable
{
    private static readonly byte[] Content = Images.Noise(100, height: 40, width: 40).Pixels; // 160,000 bytes

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FileIsFetchedCheckedAndKept()
    {
        using var server = new FileServer { Content = Content };
        var progress = new Recorder();

        await Fetch(server, progress);

        Assert.Equal(Content, File.ReadAllBytes(_folder["out/a.bin"]));
        Assert.Equal("cat\ndog\n", File.ReadAllText(_folder["out/classes.txt"]));
        Assert.Equal(["a.bin", "classes.txt"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order());
        Assert.Equal([("/mirror/a.bin", 0)], server.Requests);
        Assert.Equal(("fetch", "a.bin", Content.Length, Content.Length), (progress.Last!.Stage, progress.Last.Subject, progress.Last.Done, progress.Last.Total));
    }

    [Fact]
    public async Task FileThatIsThereIsNotFetchedAgain()
    {
        using var server = new FileServer { Content = Content };

        await Fetch(server);
        await Fetch(server);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task OtherContentInTheWayIsNotOverwritten()
    {
        using var server = new FileServer { Content = Content };
        _folder.Write("out/a.bin", "mine");

        var error = await Assert.ThrowsAsync<InputException>(() => Fetch(server));

        Assert.StartsWith($"{_folder["out/a.bin"]}: is there already with other content", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder["out/a.bin"]));
    }

    [Fact]
    public async Task ConnectionThatDropsIsResumedWhereItBroke()
    {
        using var server = new FileServer { Content = Content };
        server.Breaks.Enqueue(60_000);
        server.Breaks.Enqueue(0);
        server.Breaks.Enqueue(50_000);

        await Fetch(server);

        Assert.Equal([0, 60_000, 60_000, 110_000], server.Requests.Select(request => request.From));
        Assert.Equal(Content, File.ReadAllBytes(_folder["out/a.bin"]));
    }

    [Fact]
    public async Task DropsAreForgivenAsLongAsSomethingComes()
    {
        using var server = new FileServer { Content = Content };
        for (var i = 0; i < 10; i++) server.Breaks.Enqueue(10_000);

        await Fetch(server);

        Assert.Equal(Enumerable.Range(0, 11).Select(i => 10_000 * i), server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task ServerThatDoesNotResumeIsReadFromTheStart()
    {
        using var server = new FileServer { Content = Content, ResumesRanges = false };
        server.Breaks.Enqueue(60_000);

        await Fetch(server);

        Assert.Equal([0, 60_000], server.Requests.Select(request => request.From));
        Assert.Equal(Content, File.ReadAllBytes(_folder["out/a.bin"]));
    }

    [Fact]
    public async Task StartFromAnEarlierRunIsUsedOrDroppedIfItIsOfAnotherFile()
    {
        using var server = new FileServer { Content = Content };
        _folder.Write("out/a.bin.part", Content[..1000]);
        await Fetch(server);
        Assert.Equal([1000], server.Requests.Select(request => request.From));

        File.Delete(_folder["out/a.bin"]);
        _folder.Write("out/a.bin.part", new byte[1000]);
        await Fetch(server);
        Assert.Equal([1000, 1000, 0], server.Requests.Select(request => request.From));
        Assert.Equal(Content, File.ReadAllBytes(_folder["out/a.bin"]));

        File.Delete(_folder["out/a.bin"]);
        _folder.Write("out/a.bin.part", Content);
        await Fetch(server); // whole, only not renamed: the server answers 416
        Assert.Equal(Content, File.ReadAllBytes(_folder["out/a.bin"]));
    }

    [Fact]
    public async Task WrongFileIsRefusedAndNotKept()
    {
        using var server = new FileServer { Content = new byte[5000] };

        var error = await Assert.ThrowsAsync<FetchException>(() => Fetch(server));

        Assert.Contains("what came is not a.bin", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["out"]));
    }

    [Fact]
    public async Task RefusalIsNotAskedAgain()
    {
        using var server = new FileServer();
        server.Statuses.Enqueue(404);

        var error = await Assert.ThrowsAsync<FetchException>(() => Fetch(server));

        Assert.Equal($"{server.Address}/a.bin: the server answered 404 Told", error.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task PassingFailuresAreTriedFiveTimes()
    {
        using var server = new FileServer { Content = Content };
        foreach (var status in new[] { 503, 429, 500, 502 }) server.Statuses.Enqueue(status);
        await Fetch(server);
        Assert.Equal(5, server.Requests.Count);

        File.Delete(_folder["out/a.bin"]);
        foreach (var status in new[] { 503, 503, 503, 503, 503 }) server.Statuses.Enqueue(status);
        var failed = new List<double>();
        var error = await Assert.ThrowsAsync<FetchException>(() => Fetch(server, new Recorder { OnReport = report => failed.Add(report.Values["failed tries"]) }));
        Assert.Equal([1, 2, 3, 4], failed);
        Assert.EndsWith("(5 tries); the same command goes on from byte 0", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task CancellingLeavesWhatHasCome()
    {
        using var server = new FileServer { Content = Content };
        server.Breaks.Enqueue(60_000);
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder { OnReport = value => { if (value.Done == 60_000) cancellation.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch(server, progress, cancellation.Token));

        Assert.Equal(60_000, new FileInfo(_folder["out/a.bin.part"]).Length);
        Assert.False(File.Exists(_folder["out/a.bin"]));
    }

    [Fact]
    public async Task PackedAnewUnderItsOwnChecksumIsTaken()
    {
        const string mnist = "../shared/data/mnist";
        if (Shared.Find(mnist) is not { } source) { Assert.Skip($"{mnist} is absent"); return; }
        Directory.CreateDirectory(_folder["out"]);
        foreach (var file in PublicDataSets.Find("mnist").Files) File.Copy(Path.Combine(source, file.Name), Path.Combine(_folder["out"], file.Name));

        await new DataFetcher(_http, TimeProvider.System).FetchAsync(PublicDataSets.Find("mnist"), _folder["out"]); // nothing left to ask for

        Assert.True(File.Exists(_folder["out/classes.txt"]));
    }

    [Fact]
    public void CatalogueIsWellFormed()
    {
        Assert.Equal(PublicDataSets.All.Count, PublicDataSets.All.Select(set => set.Name).Distinct().Count());
        foreach (var set in PublicDataSets.All)
        {
            Assert.All(set.Files.SelectMany(file => file.Checksums), checksum => Assert.Matches("^(md5:[0-9a-f]{32}|sha256:[0-9a-f]{64})$", checksum));
            Assert.Equal(set.ClassNames.Count, set.ClassNames.Distinct().Count());
        }
        Assert.Equal(
            "https://zenodo.org/records/10519652/files/pneumoniamnist.npz?download=1",
            PublicDataSets.Find("pneumoniamnist").Address(PublicDataSets.Find("pneumoniamnist").Files[0], null).AbsoluteUri);
        Assert.Equal("unknown data set 'mnits'; did you mean 'mnist'?", Images.InputError(() => PublicDataSets.Find("mnits")));
    }

    private Task Fetch(FileServer server, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var file = new PublicFile("a.bin", "md5:00000000000000000000000000000000", "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Content)));
        var set = new PublicDataSet("a", "made up", "CC0", new Uri("http://nowhere.invalid/"), "", ["cat", "dog"], [file]);
        return new DataFetcher(_http, new HastyTime()).FetchAsync(set, _folder["out"], server.Address, progress, cancellation);
    }

    private sealed class Recorder : IProgress<StageProgress>
    {
        public Action<StageProgress>? OnReport { get; init; }

        public StageProgress? Last { get; private set; }

        public void Report(StageProgress value)
        {
            Last = value;
            OnReport?.Invoke(value);
        }
    }

    /// <summary>A clock on which every pause is over at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
