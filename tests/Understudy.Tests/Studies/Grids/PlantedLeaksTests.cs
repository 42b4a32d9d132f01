using System.Globalization;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Studies.Releases;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Grids;

/// <summary>A study finds every leak that was planted on purpose, and says nothing of the kind about an honest method beside them.</summary>
public sealed class PlantedLeaksTests : IClassFixture<PlantedLeaksTests.Ran>
{
    private readonly Ran _ran;

    public PlantedLeaksTests(Ran ran) => _ran = ran;

    /// <summary>
    /// One run for all: 1200 members of two classes, 28 by 28 pixels. False alarms about the honest method: attacks and audit at a significance of 0.001 each, its
    /// counts at 0.0002, its copies at 0.001. In 200 simulated audits of a tenth of the noise each one found it.
    /// </summary>
    public sealed class Ran : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Ran()
        {
            NpzFile.Write(Shapes(3000), _folder["data.npz"]);
            var study = StudyFile.Read(_folder.Write("study.yaml", """
                name: planted
                data: { path: data.npz }
                splits: { members: 1200, nonMembers: 1200, reference: 300, test: 300 }
                methods:
                  - { name: planted-copycat }
                  - { name: planted-memoriser }
                  - { name: planted-counts }
                  - { name: planted-noise }
                  - { name: dp-merf, epsilon: 1, steps: 1, features: 1000 }
                fidelity: { features: cnn }
                classification: { network: cnn, steps: 1, batchSize: 32 }
                attacks: [ { name: gan-leaks, significance: 0.001 } ]
                grid:
                  classifiers: [ { network: nearestNeighbours } ]
                  audit: { canaries: 500 }
                """));
            Run = RunDirectory.Start(_folder["run"], study, resume: false);
            using var ledger = PrivacyLedger.Open(_folder["ledger.db"]);
            using var pipeline = new Pipeline(Run, ledger, TimeProvider.System, cancellation: TestContext.Current.CancellationToken);
            Metrics = pipeline.Run();
            Stops = string.Join('\n', Verdict.Of(Metrics)[0].Answers);
        }

        public RunDirectory Run { get; }

        public StudyMetrics Metrics { get; }

        /// <summary>What the study says must not be released.</summary>
        public string Stops { get; }

        public void Dispose()
        {
            Run.Dispose();
            _folder.Dispose();
        }

        /// <summary>A bright blot on noise, in the upper or the lower half; one class twice as often as the other.</summary>
        private static ImageSet Shapes(int count)
        {
            const int side = 28;
            var random = new Random(3);
            var pixels = new byte[count * side * side];
            var labels = new int[count];
            for (var i = 0; i < count; i++)
            {
                labels[i] = random.Next(3) == 0 ? 0 : 1;
                var (y, x) = (labels[i] == 0 ? random.Next(4, 12) : random.Next(17, 24), random.Next(4, 24));
                for (var j = 0; j < side * side; j++)
                    pixels[(i * side * side) + j] = (byte)Math.Clamp(random.Next(60) + (200 * Math.Exp(-(Math.Pow((j / side) - y, 2) + Math.Pow((j % side) - x, 2)) / 20)), 0, 255);
            }
            return new ImageSet(new ImageShape(1, side, side), pixels, labels, ["upper", "lower"]);
        }
    }

    [Fact]
    public void Nothing_fails() => Assert.Empty(_ran.Metrics.Grid!.Failures);

    [Fact]
    public void The_copycat_is_found_by_attacks_and_by_its_copies()
    {
        var row = Row("planted-copycat");
        Assert.True(row.Auc!.Value > 0.99 && row.IsRefuted);
        Assert.Contains("planted-copycat, plain, dataset holds members as they are", _ran.Stops, StringComparison.Ordinal);
    }

    /// <summary>Twelve of 1200: an AUC of 0.505 at best, so that nothing but the look for copies finds it.</summary>
    [Fact]
    public void The_memoriser_of_one_percent_is_found_by_its_copies_alone()
    {
        var row = Row("planted-memoriser");
        Assert.InRange(row.Auc!.Value, 0.45, 0.55);
        Assert.Equal(0, row.Copies!.Exact);
        Assert.InRange(row.Copies.Count, 12, 25);
        Assert.Contains("planted-memoriser, plain, dataset holds members", _ran.Stops, StringComparison.Ordinal);
    }

    [Fact]
    public void The_class_count_leaker_is_found()
    {
        Assert.True(Row("planted-counts").IsLeakingCounts);
        Assert.Contains("planted-counts (ε = 1), plain, dataset claims (ε = 1, δ = 1e-5)-DP for one image, and has learnt the numbers of members in each class without any noise", _ran.Stops, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenth_of_the_noise_is_found_by_canaries()
    {
        var audit = _ran.Metrics.Grid!.Audits.Single(audit => audit.Method == "planted-noise");
        Assert.True(audit.IsRefuted, audit.Bound.Epsilon.ToString(CultureInfo.InvariantCulture));
        Assert.True(Row("planted-noise").IsRefuted);
        Assert.Contains("planted-noise claims ε = 1, which is 1.", _ran.Stops, StringComparison.Ordinal);
    }

    [Fact]
    public void The_honest_method_is_not_accused()
    {
        Assert.False(Row("dp-merf").IsRefuted);
        Assert.Equal(1, Row("dp-merf").Guarantee!.Epsilon!.Value, 1e-3);
        Assert.DoesNotContain("dp-merf", _ran.Stops, StringComparison.Ordinal);
        var audit = _ran.Metrics.Grid!.Audits.Single(audit => audit.Method == "dp-merf");
        Assert.False(audit.IsRefuted);
    }

    [Theory]
    [InlineData("planted-copycat+s1+plain", "must not be released")]
    [InlineData("planted-noise+s1+plain", "must not be released")]
    [InlineData("dp-merf+s1+plane", "did you mean 'dp-merf+s1+plain'?")]
    public void What_leaks_is_not_released(string id, string expected)
    {
        using var folder = new TempFolder();
        Assert.Contains(expected, Images.InputError(() => Release.Write(_ran.Run, id, folder["out"], TimeProvider.System)), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_release_holds_artefact_card_certificate_and_ledger_and_no_hash_of_the_data()
    {
        using var folder = new TempFolder();
        var release = Release.Write(_ran.Run, "dp-merf+s1+plain", folder["out"], TimeProvider.System);
        Assert.Equal(["samples.npz", "certificate.json", "ledger.json", "card.md"], release.Files);
        Assert.Equal(release.Files.Order(), Directory.EnumerateFiles(folder["out"]).Select(Path.GetFileName).Order());
        var card = File.ReadAllText(folder["out/card.md"]);
        Assert.Contains("- Guarantee: (ε = 1, δ = 1e-5)-DP for one image.", card, StringComparison.Ordinal);
        Assert.Contains("mean embedding of dp-merf+s1, ε = ", card, StringComparison.Ordinal);
        var fingerprint = DataRecord.Read(_ran.Run.DataFile).Fingerprint;
        Assert.Contains(fingerprint, File.ReadAllText(_ran.Run.LedgerFile), StringComparison.Ordinal);
        Assert.Contains("\"reservations\"", File.ReadAllText(folder["out/ledger.json"]), StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(folder["out"]), file => Assert.DoesNotContain(fingerprint, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(1200, NpzFile.Read(folder["out/samples.npz"]).Train.Count);
    }

    private GridRow Row(string method) => _ran.Metrics.Grid!.Rows.Single(row => row.Key.Method == method && row.Key.Release == ReleaseKind.Dataset);
}
