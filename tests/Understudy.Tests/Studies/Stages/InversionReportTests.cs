using Understudy.Data;
using Understudy.Studies;
using Understudy.Studies.Stages;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Stages;

/// <summary>What the report of an inversion must say for its figures to mean anything.</summary>
public sealed class InversionReportTests
{
    private static readonly Dictionary<string, ImageSet> Parts = new()
    {
        [InversionStage.Test] = Images.Noise(40, 1, 6, 6, seed: 1), [InversionStage.Members] = Images.Noise(50, 1, 6, 6, seed: 2), [InversionStage.NonMembers] = Images.Noise(45, 1, 6, 6, seed: 3),
    };

    [Theory]
    [InlineData(0.01, "α = 0.01", false)]
    [InlineData(1e-6, "α = 1E-06", false)]
    [InlineData(0, "α = 0,", true)]
    public void The_weight_of_the_prior_is_told_and_where_it_is_0_that_vectors_may_leave_it(double alpha, string told, bool mayLeave)
    {
        var text = Text(new InversionSection { Alpha = alpha, AsPublished = true }, Method("a", 4));
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.Equal(mayLeave, text.Contains("may leave the shell of the prior", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_the_range_of_pixels_and_the_latent_entries_are_told()
    {
        var alike = Text(new InversionSection(), Method("a", 4), Method("b", 4));
        Assert.Contains("Inverted were 40 test images, 50 members, which the generators were trained on, and 45 non-members", alike, StringComparison.Ordinal);
        Assert.Contains("on [-1, 1], which are four times those on [0, 1]", alike, StringComparison.Ordinal);
        Assert.Contains("Every generator has 4 latent entries", alike, StringComparison.Ordinal);
        Assert.Contains("their errors compare capacities", Text(new InversionSection(), Method("a", 4), Method("b", 9)), StringComparison.Ordinal);
        Assert.Contains("sign of memorisation, not of quality", alike, StringComparison.Ordinal);
        var errors = Tables(Method("a", 4)).First(table => table.Name == "errors");
        var count = errors.Columns.ToList().IndexOf("images, n");
        Assert.Equal([40.0, 50, 45], errors.Rows.Take(3).Select(row => row[count].Value!.Value));
        Assert.All(errors.Rows, row => Assert.NotNull(row[1].Interval));
    }

    // Quantiles of χ² with 4 degrees of freedom: 0.711, 3.357 and 9.488 (any table); the lengths are their roots.
    [Fact]
    public void Lengths_stand_beside_those_of_the_prior()
    {
        var norms = Tables(Method("a", 4), Method("b", 9)).First(table => table.Name == "norms");
        Assert.Equal([4.0, 9], norms.Rows.Select(row => row[1].Value!.Value));
        var row = norms.Rows[0].Select(cell => cell.Value).ToArray();
        Assert.Equal([5.0, 5, 5], row[2..5].Select(value => value!.Value));
        foreach (var (expected, actual) in new[] { 0.711, 3.357, 9.488 }.Zip(row[5..8])) Assert.Equal(Math.Sqrt(expected), actual!.Value, 1e-3);
    }

    // Members come back better than every non-member, so the attack is perfect; were scores the wrong way round it would be 0.
    [Fact]
    public void A_low_error_of_members_alone_shows_as_an_attack()
    {
        var memorisation = Tables(Method("a", 4)).First(table => table.Name == "memorisation");
        Assert.Equal(1, memorisation.Rows[0][1].Value);
        Assert.NotNull(memorisation.Rows[0][1].Interval);
        Assert.Equal("TPR at FPR 1 %", memorisation.Columns[2]);
    }

    private static string Text(InversionSection section, params InvertedMethod[] methods) => string.Join('\n', InversionText.Paragraphs(section, Parts, methods));

    private static IEnumerable<ReportTable> Tables(params InvertedMethod[] methods) => new InversionTables(Parts, Parts[InversionStage.Members], methods, new InversionSection(), 1).All();

    private static InvertedMethod Method(string id, int latentSize)
    {
        var sets = Parts.ToDictionary(part => part.Key, part => Set(part.Value.Count, latentSize, part.Key == InversionStage.Members ? 0.01 : 0.1));
        sets[InvertedMethod.Own] = Set(10, latentSize, 0.001);
        return new InvertedMethod(id, sets, [.. Enumerable.Repeat(0.5, 40)], 0.9, new Dictionary<string, InvertedSet>());
    }

    private static InvertedSet Set(int count, int latentSize, double error) =>
        new([.. Enumerable.Range(0, count).Select(i => error * (1 + (0.01 * i)))], [.. Enumerable.Repeat(5.0, count)], new float[count * latentSize], latentSize, 0);
}
