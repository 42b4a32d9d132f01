using Understudy.Attacks.Auditing;
using Understudy.Data;
using Understudy.Tests.Data;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class CanariesTests
{
    private static readonly ImageSet Data = Images.Noise(60, 1, 4, 4, classes: 3, seed: 1);

    [Fact]
    public void MislabelledImagesHaveAnyClassButTheirOwn()
    {
        var canaries = Canaries.Mislabelled(Data, 50, seed: 1);
        var originals = Enumerable.Range(0, 50).Select(i => Enumerable.Range(0, 60).Single(j => Data.Image(j).SequenceEqual(canaries.Image(i)))).ToArray();
        Assert.Equal(50, originals.Distinct().Count());
        var shifts = originals.Select((original, i) => (canaries.Labels![i] - Data.Labels![original] + 3) % 3).ToArray();
        Assert.DoesNotContain(0, shifts);
        Assert.Equal([1, 2], shifts.Distinct().Order());
        Assert.Equal(Data.ClassNames, canaries.ClassNames);
        Assert.Throws<InputException>(() => Canaries.Mislabelled(Data, 61, 1));
        Assert.Throws<InputException>(() => Canaries.Mislabelled(Images.Noise(5), 1, 1));
    }

    [Fact]
    public void OneHotImagesShareNoPixel()
    {
        var canaries = Canaries.OneHot(Data, 16, seed: 1);
        for (var pixel = 0; pixel < 16; pixel++) Assert.Equal(255, Enumerable.Range(0, 16).Sum(i => canaries.Image(i)[pixel]));
        Assert.Throws<InputException>(() => Canaries.OneHot(Data, 17, 1));
    }

    [Fact]
    public void SameSeedSameCanaries()
    {
        Assert.Equal(Canaries.OutOfDistribution(Data, 5, 1).Pixels, Canaries.OutOfDistribution(Data, 5, 1).Pixels);
        Assert.NotEqual(Canaries.OutOfDistribution(Data, 5, 1).Pixels, Canaries.OutOfDistribution(Data, 5, 2).Pixels);
        Assert.NotEqual(Canaries.OneHot(Data, 5, 1).Pixels, Canaries.OneHot(Data, 5, 2).Pixels);
    }

    [Fact]
    public void EveryCanaryIsAGroupOfItsOwn()
    {
        var grouped = new ImageSet(Data.Shape, Data.Pixels, groups: [.. Enumerable.Range(0, 60).Select(i => $"{i / 2}")]);
        Assert.Equal(7, Canaries.OutOfDistribution(grouped, 7, 1).Groups!.Distinct().Count());
        Assert.Null(Canaries.OutOfDistribution(Data, 7, 1).Groups);
    }

    [Fact]
    public void GradientsAreOrthonormal()
    {
        foreach (var canaries in new[] { GradientCanaries.OneHot(20, 50), GradientCanaries.Orthogonal(20, 50, 1), GradientCanaries.Orthogonal(6, 6, 1) })
        {
            for (var i = 0; i < canaries.Count; i++)
            {
                var scores = canaries.Scores(canaries[i]);
                for (var j = 0; j < canaries.Count; j++) Assert.Equal(i == j ? 1 : 0, scores[j], 1e-5);
            }
        }
        Assert.Throws<InputException>(() => GradientCanaries.OneHot(3, 2));
        Assert.Throws<InputException>(() => GradientCanaries.OneHot(2, 2).Scores([1]));
    }

    /// <summary>Coins of 1000 canaries: outside 400 to 600 with probability 3e-10.</summary>
    [Fact]
    public void CoinsAreFairSealedAndPlanted()
    {
        using var folder = new TempFolder();
        var canaries = Canaries.OutOfDistribution(Data, 1000, 1);
        var planted = PlantedCanaries.Toss(canaries);
        var included = planted.Included.Count(isIn => isIn);
        Assert.InRange(included, 400, 600);
        var training = planted.Plant(Data);
        Assert.Equal(60 + included, training.Count);
        Assert.Equal(canaries.Image(planted.Included.ToList().IndexOf(true)).ToArray(), training.Image(60).ToArray());

        planted.Seal(folder["coins.json"]);
        Assert.Equal(planted.Included, PlantedCanaries.Unseal(canaries, folder["coins.json"]).Included);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["coins.json"]));
        Assert.Contains("1000 coins for 60 canaries", Assert.Throws<InputException>(() => PlantedCanaries.Unseal(Data, folder["coins.json"])).Message, StringComparison.Ordinal);
        folder.Write("else.json", "{}");
        Assert.Throws<InputException>(() => PlantedCanaries.Unseal(canaries, folder["else.json"]));
    }

    /// <summary>
    /// One step of a Gaussian mechanism on orthogonal canaries, noise of standard deviation 1: the bound at significance 1e-6 stays below the
    /// true ε at δ = 1e-6 (4.89) but for that probability. Without the noise some 200 of 400 canaries are found and no other: 2.5 at least,
    /// unless fewer than 114 coins fall on one side (1e-17).
    /// </summary>
    [Fact]
    public void AuditOfAGaussianStepIsConsistent()
    {
        const int Count = 400;
        var canaries = GradientCanaries.Orthogonal(Count, 500, 1);
        var planted = PlantedCanaries.Toss(Canaries.OutOfDistribution(Data, Count, 1));
        var noise = Metrics.Samples.Normal(new Random(5), 500, 0);
        var (noisy, bare) = (Update(1), Update(0));

        Assert.InRange(planted.Bound(new OneRunGaussianAuditor(1e-6), canaries.Scores(noisy), significance: 1e-6).Epsilon, 0, 4.89);
        Assert.InRange(planted.Bound(new OneRunAuditor(1e-6), canaries.Scores(bare)).Epsilon, 2.5, 6);
        Assert.Throws<InputException>(() => planted.Bound(new OneRunAuditor(1e-6), new double[3]));

        float[] Update(double sigma)
        {
            var sum = noise.Select(value => (float)(sigma * value)).ToArray();
            for (var i = 0; i < Count; i++)
            {
                for (var j = 0; planted.Included[i] && j < 500; j++) sum[j] += canaries[i][j];
            }
            return sum;
        }
    }
}
