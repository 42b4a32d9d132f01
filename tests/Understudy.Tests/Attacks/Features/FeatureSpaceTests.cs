using Understudy.Attacks;
using Understudy.Attacks.Features;
using Understudy.Data;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Script;

namespace Understudy.Tests.Attacks.Features;

public sealed class FeatureSpaceTests
{
    private static readonly ImageSet Released = Images.Noise(40, 1, 4, 4, seed: 1);
    private static readonly ImageSet Candidates = Images.Noise(30, 1, 4, 4, seed: 2);

    /// <summary>A network that returns the pixels, all principal components of 16 pixels, and the pixels themselves: the same distances.</summary>
    [Fact]
    public void DistancesAreThoseOfTheNamedFeatures()
    {
        using var folder = new TempFolder();
        using (var scope = new TensorScope())
        {
            using var pixels = new Flatten();
            ScriptExport.Save(pixels, Tensor.Zeros([2, 1, 4, 4]), folder["flat.ts"]);
        }
        var expected = new GanLeaks().Score(Released, Candidates, null, 1);
        var byNetwork = new GanLeaks(new GanLeaksOptions { Features = folder["flat.ts"] });
        Assert.EndsWith("d in flat", byNetwork.Card.Score, StringComparison.Ordinal);
        AssertEqual(expected, byNetwork.Score(Released, Candidates, null, 1));
        AssertEqual(expected, new GanLeaks(new GanLeaksOptions { Features = "pca", Components = 16 }).Score(Released, Candidates, null, 1));
    }

    [Theory]
    [InlineData("pixels")]
    [InlineData("pca")]
    public void RadiusOfADistanceCountsItsOwnRecord(string features)
    {
        using var space = FeatureSpace.Create(new GanLeaksOptions { Features = features }, Released, null, 1);
        var distances = space.NearestDistances(Candidates, Released);
        for (var i = 0; i < Candidates.Count; i++)
        {
            var one = Candidates.Subset([i]);
            Assert.True(space.CountWithin(one, Released, distances[i])[0] >= 1);
            Assert.Equal(0, space.CountWithin(one, Released, distances[i] * 0.9999)[0]);
        }
    }

    [Fact]
    public void WhatIsNoNetworkIsToldInOneLine()
    {
        using var folder = new TempFolder();
        Assert.Contains("there is no such file", Error("absent.pt"), StringComparison.Ordinal);
        Assert.Contains("no TorchScript module", Error(folder.Write("text.pt", "text")), StringComparison.Ordinal);

        static string Error(string features) => Images.InputError(() => new GanLeaks(new GanLeaksOptions { Features = features }).Score(Released, Candidates, null, 1));
    }

    private static void AssertEqual(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }
}
