using System.Diagnostics;
using System.Globalization;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>
/// Eight processes that share an account reserve, spend and release; one after another is killed at random moments and started again. What they ran
/// stands in files of their own.
/// </summary>
internal sealed class LedgerKills : IDisposable
{
    private const int Workers = 8;

    private readonly string location;
    private readonly string fingerprint;
    private readonly double cap;
    private readonly string folder = Directory.CreateTempSubdirectory("understudy-kills-").FullName;
    private readonly PrivacyLedger ledger;
    private readonly Random random = new(11);
    private readonly long[] atStart = new long[Workers];
    private readonly Process[] processes;

    public LedgerKills(string location, string fingerprint, double cap)
    {
        this.location = location;
        this.fingerprint = fingerprint;
        this.cap = cap;
        ledger = PrivacyLedger.Open(location);
        ledger.OpenAccount(new LedgerAccount(fingerprint, "image", NeighbouringRelation.AddOrRemoveOne, new Delta(1e-6), new Epsilon(cap)), "test");
        processes = [.. Enumerable.Range(0, Workers).Select(i => Start(i, seed: i))];
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        ledger.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Kills so often, and checks after each kill. Every other process is killed at work, the rest whatever they do.</summary>
    public void Run(int kills)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            var victim = random.Next(Workers);
            if (kill % 2 != 0) AwaitWork(victim);
            Assert.False(processes[victim].WaitForExit(random.Next(0, 60)), "a worker ended before the cap was reached");
            processes[victim].Kill();
            processes[victim].WaitForExit();
            Assert.InRange(Check().Reserved.Upper, 0, cap);
            processes[victim].Dispose();
            processes[victim] = Start(victim, seed: Workers + kill);
        }
    }

    /// <summary>Lowers the cap to what leaves a little of the budget, over which the workers fight to the end.</summary>
    public LedgerExtract Lower()
    {
        var lowered = ledger.Extract(fingerprint).Reserved.Upper + 0.02;
        ledger.SetCap(fingerprint, new Epsilon(lowered), "test");
        // The workers may have spent more before the cap was lowered.
        lowered = Math.Max(lowered, ledger.Extract(fingerprint).Spent.Upper);
        var end = Finish();
        Assert.InRange(end.Spent.Upper, 0, lowered);
        return end;
    }

    /// <summary>Lets the workers go on until the cap refuses all of them.</summary>
    public LedgerExtract Finish()
    {
        foreach (var process in processes)
        {
            Assert.True(process.WaitForExit(60_000), "a worker goes on past the cap");
            Assert.Equal(0, process.ExitCode);
        }
        var end = Check();
        Assert.InRange(end.Reserved.Upper, 0, Math.Max(cap, end.Cap!.Value));
        return end;
    }

    private LedgerExtract Check()
    {
        // The files first: what they show has been spent before.
        var ran = Enumerable.Range(0, Workers).Select(Ran).ToArray();
        var extract = ledger.Extract(fingerprint);
        for (var i = 0; i < Workers; i++)
        {
            var spent = extract.Reservations.Where(r => r.Run.StartsWith($"w{i}/", StringComparison.Ordinal)).Sum(r => r.Plans[0].Spent);
            Assert.True(spent >= ran[i], $"worker {i} ran {ran[i]} steps and {spent} are recorded");
        }
        Assert.Equal(extract.Rows.Select(row => row.Entry).OfType<StepsSpent>().Sum(row => row.Steps), extract.Reservations.Sum(r => r.Plans[0].Spent));
        Assert.InRange(extract.Spent.Upper, 0, extract.Reserved.Upper);
        return extract;
    }

    private long Ran(int worker) => new FileInfo(Path.Combine(folder, $"w{worker}.ran")) is { Exists: true } file ? file.Length : 0;

    private void AwaitWork(int worker)
    {
        while (Ran(worker) == atStart[worker]) Assert.False(processes[worker].WaitForExit(1), "a worker ended before the cap was reached");
    }

    private Process Start(int worker, int seed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LedgerWorker.dll");
        string[] arguments = [location, fingerprint, cap.ToString(CultureInfo.InvariantCulture), folder, $"w{worker}", seed.ToString(CultureInfo.InvariantCulture)];
        atStart[worker] = Ran(worker);
        return Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { UseShellExecute = false })!;
    }
}
