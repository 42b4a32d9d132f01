using Understudy.Data;
using Understudy.Generation.Evolution;
using Understudy.Generation.Gan;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Evolution;

public sealed class PrivateEvolutionTests
{
    private static readonly PrivateEvolutionOptions Small = new() { Epsilon = 2, Iterations = 3, Population = 12, Threshold = 0 };
    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>T votes are T histograms, not T + 1; what is spent is theirs.</summary>
    [Theory]
    [InlineData(Selection.Sample, 1, false, 0)]
    [InlineData(Selection.Rank, 2, true, 2)]
    public void It_votes_T_times_spends_its_epsilon_and_leaves_no_record_behind(Selection selection, int variations, bool keep, int lookahead)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(30, 1, 12, 12, classes: 2);
        members = new ImageSet(members.Shape, members.Pixels, members.Labels, ["3", "8"]);
        var method = new PrivateEvolution(Small with { Selection = selection, Variations = variations, KeepSelected = keep, Lookahead = lookahead }, members.Shape, members.ClassNames);
        Assert.Equal(3, method.Fit(members.Private(folder), new FitContext(folder.Path, 1)));
        method.Save(folder["model"]);

        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var extract = ledger.Extract(Accounts.Account.Fingerprint);
        Assert.Equal(3, Assert.Single(Assert.Single(extract.Reservations).Plans).Spent);
        Assert.InRange(extract.Spent.Upper, 0.99 * Small.Epsilon, Small.Epsilon);
        Assert.Empty(extract.Unaccounted);

        var again = new PrivateEvolution(Small, members.Shape, members.ClassNames);
        again.Load(folder["model"]);
        var sample = method.Sample(20, 5, [.. Enumerable.Range(0, 20).Select(i => i % 2)]);
        Images.AssertEqual(sample, again.Sample(20, 5, sample.Labels));
        Assert.Equal(method.ClassShares, again.ClassShares);
        Assert.Equal(1, method.ClassShares!.Sum(), 1e-5f);
        Records.AssertAbsent(members, Directory.GetFiles(folder["model"]).Append(folder["checkpoint.pt"]));
    }

    [Fact]
    public void A_resumed_run_with_another_schedule_is_refused_and_a_finished_one_spends_nothing()
    {
        using var folder = new TempFolder();
        var members = new ImageSet(new ImageShape(1, 12, 12), new byte[144 * 20], new int[20], ["4"]);
        PrivateEvolution Make(PrivateEvolutionOptions options) => new(options, members.Shape, members.ClassNames);
        for (var i = 0; i < 2; i++) Assert.Equal(3, Make(Small).Fit(members.Private(folder), new FitContext(folder.Path, 1)));
        Assert.Throws<LedgerException>(() => Make(Small with { Iterations = 4 }).Fit(members.Private(folder), new FitContext(folder.Path, 1)));
        Assert.Throws<LedgerException>(() => Make(Small with { Epsilon = 3 }).Fit(members.Private(folder), new FitContext(folder.Path, 1)));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        Assert.Equal(3, ledger.Extract(Accounts.Account.Fingerprint).Reservations.Sum(use => use.Plans.Sum(plan => plan.Spent)));
    }

    /// <summary>The paper's 3.34 and two computed values for T Gaussian histograms.</summary>
    [Theory]
    [InlineData(2.8284271247461903, 5, 3.3414)]
    [InlineData(7.0710678118654755, 20, 2.5944)]
    public void T_histograms_cost_what_the_paper_says(double sigma, int iterations, double epsilon) =>
        Assert.Equal(epsilon, new TightestAccountant(NeighbouringRelation.AddOrRemoveOne).EpsilonAt(new GaussianEvent(sigma).Times(iterations), new Delta(1e-5)).Upper.Value, 1e-3);

    /// <summary>Next to no noise: images of a bank that no record is like are selected out, and each of three kinds of record keeps a share of the population.</summary>
    [Fact]
    public void Without_noise_the_population_becomes_what_the_records_are_like()
    {
        using var folder = new TempFolder();
        var bank = Images.Noise(60, 1, 4, 4);
        for (var i = 0; i < bank.Count; i++) bank.Pixels.AsSpan(i * 16, 16).Fill((byte)(i * 4));
        NpzFile.Write(bank, folder["bank.npz"]);
        var members = new ImageSet(bank.Shape, [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat((byte)(20 + (80 * (i % 3))), 16))]);
        var options = Small with { Epsilon = 1000, Source = VariationSource.Bank, Path = folder["bank.npz"], BankNeighbours = 8, Population = 120, Iterations = 5, Threshold = 1 };
        var method = new PrivateEvolution(options, members.Shape, []);
        method.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        var shown = method.Sample(120, 1).Pixels.Chunk(16).Select(image => (int)image[0]).ToArray();
        Assert.All(new[] { 20, 100, 180 }, value => Assert.InRange(shown.Count(pixel => pixel == value), 15, 70));
        Assert.InRange(shown.Count(pixel => pixel is 20 or 100 or 180), 110, 120);
    }

    [Fact]
    public void Votes_select_in_proportion_after_the_threshold_and_uniformly_when_none_is_left()
    {
        // 4,000 draws with shares 0, 1/4 and 3/4: five standard errors.
        var drawn = Votes.Select([0.5, 2, 4], 1, 4000, Selection.Sample, seed: 1);
        Assert.DoesNotContain(0, drawn);
        Assert.InRange(drawn.Count(i => i == 2), 3000 - 137, 3000 + 137);
        Assert.Equal([0, 1, 2], Votes.Select([-3, 0, 0.5], 1, 100, Selection.Sample, seed: 1).Distinct().Order());
        Assert.Equal([2, 1], Votes.Select([0.5, 2, 4], 1, 2, Selection.Rank, seed: 1));
    }

    [Fact]
    public void Variations_are_the_smaller_the_lower_the_degree()
    {
        using var simulator = new DigitSimulator(new ImageShape(1, 28, 28), Digits);
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i % 10)];
        var codes = simulator.Random(labels, 1);
        var images = simulator.Render(codes, labels);
        double Moved(double degree) => simulator.Render(simulator.Vary(codes, labels, degree, 2), labels).Pixels.Zip(images.Pixels, (a, b) => Math.Abs(a - b)).Average();
        Assert.Equal(0, Moved(0));
        Assert.InRange(Moved(0.1), 1, Moved(0.5) / 1.5);
        Assert.Equal(codes, simulator.Random(labels, 1));
        // Digits fill a fifth of their image or so, and never touch its edge all along.
        Assert.InRange(images.Pixels.Average(pixel => (double)pixel), 20, 60);
    }

    [Fact]
    public void A_generator_of_ours_is_asked_through_its_saved_script()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(40, 1, 28, 28, classes: 2);
        using (var gan = new ConditionalGan(new ConditionalGanOptions { Steps = 20, BatchSize = 4, Width = 8, LatentSize = 6 }, members.Shape, members.ClassNames))
        {
            gan.Fit(members.Private(folder, run: "public"), new FitContext(Directory.CreateDirectory(folder["gan"]).FullName, 1));
            gan.Save(folder["gan"]);
        }
        using var api = new GeneratorApi(folder["gan/generator.ts"], members.Shape, 6, 2);
        int[] labels = [0, 0, 0, 0, 0, 0, 0];
        var codes = api.Random(labels, 3);
        Assert.Equal(7 * 7, codes.Length);
        Assert.Equal(codes, api.Vary(codes, labels, 0, 4));
        var images = api.Render(codes, labels);
        Assert.Equal((7, members.Shape), (images.Count, images.Shape));
        Assert.NotEqual(images.Image(0).ToArray(), images.Image(1).ToArray());
        using var wrong = new GeneratorApi(folder["gan/generator.ts"], members.Shape, 5, 0);
        Assert.Contains("'latentSize'", Images.InputError(() => wrong.Render(wrong.Random(labels, 1), labels)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digit", "'cat' is no digit")]
    [InlineData("bank", "'path' is missing")]
    [InlineData("population", "'population' is 1")]
    [InlineData("neighbours", "'neighbours' is 7")]
    public void What_cannot_be_evolved_is_refused_in_one_line(string what, string expected)
    {
        using var folder = new TempFolder();
        var members = new ImageSet(new ImageShape(1, 12, 12), new byte[144 * 4], [0, 1, 0, 1], ["1", what == "digit" ? "cat" : "2"]);
        var options = what switch
        {
            "bank" => Small with { Source = VariationSource.Bank },
            "population" => Small with { Population = 1 },
            "neighbours" => Small with { Neighbours = 7 },
            _ => Small,
        };
        Assert.Contains(expected, Images.InputError(() => new PrivateEvolution(options, members.Shape, members.ClassNames).Fit(members.Private(folder), new FitContext(folder.Path, 1))), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["ledger.db"]) && PrivacyLedger.Open(folder["ledger.db"]).Fingerprints().Count > 0);
    }
}
