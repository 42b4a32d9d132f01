using System.Text.Json;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Releases;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;

namespace Understudy.Tests.Studies.Releases;

/// <summary>What leaves the room of a run without a grid.</summary>
public sealed class MethodReleaseTests(MethodReleaseTests.PairsRun ran) : IClassFixture<MethodReleaseTests.PairsRun>
{
    private static readonly string[] Files = ["samples.npz", "audit.json", "certificate.json", "ledger.json", "card.md"];

    [Fact]
    public void Pairs_leave_with_seed_filter_audit_and_certificate_and_no_real_pixel()
    {
        using var folder = new TempFolder();
        var release = Release.Write(ran.Run, "dual-gan", folder["out"], TimeProvider.System);
        Assert.Equal(Files, release.Files);
        Assert.Equal(Files.Order(), Directory.EnumerateFiles(folder["out"]).Select(Path.GetFileName).Order());
        Assert.Equal("F1", release.Utility!.Name);
        Assert.Null(release.Guarantee.Epsilon);

        Assert.True(NpzFile.Read(folder["out/samples.npz"]).Train.Shape.HasMask);
        using var audit = JsonDocument.Parse(File.ReadAllText(folder["out/audit.json"]));
        Assert.Equal(7, audit.RootElement.GetProperty("seed").GetInt32());
        Assert.Contains("masks kept", audit.RootElement.GetProperty("pairs").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("exact copies", audit.RootElement.GetProperty("metrics").GetProperty("memorisation").GetRawText(), StringComparison.Ordinal);
        var card = File.ReadAllText(folder["out/card.md"]);
        Assert.Contains("with seed 7", card, StringComparison.Ordinal);
        Assert.Contains("- Guarantee: none: dual-gan: ", card, StringComparison.Ordinal);
        Assert.Contains("- gan-leaks (", card, StringComparison.Ordinal);

        var fingerprint = JsonDocument.Parse(File.ReadAllText(ran.Run.DataFile)).RootElement.GetProperty("fingerprint").GetString()!;
        Assert.All(Files, file => Assert.DoesNotContain(fingerprint, File.ReadAllText(folder[$"out/{file}"]), StringComparison.Ordinal));
        Records.AssertAbsent(ran.Pairs, Files.Select(file => folder[$"out/{file}"]));
    }

    [Fact]
    public void The_guarantee_is_what_the_ledger_holds_of_the_method()
    {
        using var folder = new TempFolder();
        var guarantee = Release.Write(ran.Run, "dp-dual-gan", folder["out"], TimeProvider.System).Guarantee;
        Assert.InRange(guarantee.Epsilon!.Value, 4.9, 5);
        Assert.Equal(3, guarantee.Parts.Count);
        Assert.All(guarantee.Parts, part => Assert.Equal("dp-dual-gan", part.Name));
    }

    [Fact]
    public void Of_images_with_classes_the_card_says_the_balanced_accuracy_that_was_measured()
    {
        using var folder = new TempFolder();
        NpzFile.Write(Images.Noise(120, height: 28, width: 28, classes: 2), folder["data.npz"]);
        var study = StudyFile.Read(folder.Write("study.yaml", """
            name: images
            data: { path: data.npz }
            splits: { members: 40, nonMembers: 30, reference: 20, test: 30 }
            methods: [ { name: cgan, steps: 2, batchSize: 8, width: 8, latentSize: 8, checkpointEvery: 2 } ]
            classification: { network: mlp, steps: 2, batchSize: 16 }
            """));
        using var run = RunDirectory.Start(folder["run"], study, resume: false);
        using (var ledger = PrivacyLedger.Open(folder["ledger.db"]))
        using (var pipeline = new Pipeline(run, ledger, TimeProvider.System))
        {
            pipeline.Run();
        }
        var release = Release.Write(run, "cgan", folder["out"], TimeProvider.System);
        var card = File.ReadAllText(folder["out/card.md"]);
        Assert.Contains($"balanced accuracy {Verdict.Shown(release.Utility!)}.", card, StringComparison.Ordinal);
        Assert.Contains("No membership attack was tried on it.", card, StringComparison.Ordinal);
        Records.AssertAbsent(NpzFile.Read(folder["data.npz"]).Train, Directory.EnumerateFiles(folder["out"]));
    }

    [Theory]
    [InlineData("dual-gn", "did you mean 'dual-gan'?")]
    [InlineData("another", "the study has no method 'another'; choose one of dual-gan, dp-dual-gan, planted-copycat")]
    [InlineData("planted-copycat", "leaks on purpose")]
    public void What_may_not_leave_is_refused_in_a_line(string id, string expected) => AssertRefused(id, expected);

    [Fact]
    public void Copies_of_members_are_refused() =>
        Changed(ran.Run.Fidelity("dual-gan", "memorisation.json"), JsonText.Write(new[] { new Metric(Memorisation.CopiesName, 1) }), () => AssertRefused("dual-gan", "it holds members"));

    [Fact]
    public void Pairs_that_the_copy_check_flags_are_refused() =>
        Changed(ran.Run.Section("segmentation", ReportSection.FileName), text => text.Replace("not seen", "yes: do not release", StringComparison.Ordinal), () => AssertRefused("dual-gan", "it holds members"));

    [Fact]
    public void What_an_attack_refutes_is_refused()
    {
        var path = ran.Run.Generation("dp-dual-gan", "certificate.json");
        var claim = JsonText.Read<PrivacyCertificate>(path);
        // No attack shows less than 0: a claim below that is refuted.
        Changed(path, JsonText.Write(claim with { Epsilon = -1 }), () => AssertRefused("dp-dual-gan", "an attack shows more than it claims"));
    }

    [Theory]
    [InlineData("guarantees.json")]
    [InlineData("attacks/dual-gan/gan-leaks/result.json")]
    [InlineData("sections/segmentation/section.json")]
    [InlineData("fidelity/dual-gan/memorisation.json")]
    public void What_is_not_measured_and_attacked_is_not_released(string missing)
    {
        var path = Path.Combine(ran.Run.Path, missing);
        File.Move(path, path + ".away");
        try
        {
            AssertRefused("dual-gan", "not finished");
        }
        finally
        {
            File.Move(path + ".away", path);
        }
    }

    private void AssertRefused(string id, string expected)
    {
        using var folder = new TempFolder();
        Assert.Contains(expected, Images.InputError(() => Release.Write(ran.Run, id, folder["out"], TimeProvider.System)), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static void Changed(string path, string text, Action check) => Changed(path, _ => text, check);

    private static void Changed(string path, Func<string, string> change, Action check)
    {
        var kept = File.ReadAllText(path);
        File.WriteAllText(path, change(kept));
        try
        {
            check();
        }
        finally
        {
            File.WriteAllText(path, kept);
        }
    }

    /// <summary>A finished study of pairs.</summary>
    public sealed class PairsRun : IDisposable
    {
        private readonly TempFolder _folder = new();

        public PairsRun()
        {
            NpzFile.Write(Pairs, _folder["pairs.npz"]);
            _folder.Write("study.yaml", """
                name: pairs
                seed: 7
                data: { path: pairs.npz }
                splits: { members: 0.6, nonMembers: 0.3, reference: 0.1, test: 0.2 }
                methods:
                  - { name: dual-gan, maskSteps: 2, imageSteps: 2, batchSize: 8, maskWidth: 2, imageWidth: 4, latentSize: 4 }
                  - { name: dp-dual-gan, epsilon: 5, maskSteps: 2, imageSteps: 2, batchSize: 8, maskWidth: 2, imageWidth: 4, latentSize: 4 }
                  - { name: planted-copycat }
                sampling: { count: 20 }
                segmentation: { steps: 2, batchSize: 4, width: 2, compared: 10 }
                attacks: [ { name: gan-leaks } ]
                """);
            Run = RunDirectory.Start(_folder["run"], StudyFile.Read(_folder["study.yaml"]), resume: false);
            using var ledger = PrivacyLedger.Open(_folder["ledger.db"]);
            using var pipeline = new Pipeline(Run, ledger, TimeProvider.System);
            pipeline.Run();
        }

        public RunDirectory Run { get; }

        internal ImageSet Pairs { get; } = Generation.Dual.Pairs.Ellipses(60);

        public void Dispose()
        {
            Run.Dispose();
            _folder.Dispose();
        }
    }
}
