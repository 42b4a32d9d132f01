using Understudy.Data;
using Understudy.Generation.Denoising;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Generation.Denoising;

/// <summary>A small autoencoder of MNIST's digits: what the mixture prior makes of codes.</summary>
public sealed class DigitCodesTests
{
    // Ten Gaussians around a circle of radius 4. Places that had nothing to do with digits would have a purity of 0.15 or so; so short a training reached 0.38.
    [Fact]
    public void The_mixture_prior_spreads_codes_over_its_ten_places_and_digits_share_one()
    {
        var (members, test) = Digits();
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        using var model = new Daae(new DaaeOptions { Steps = 1200, Width = 200, LatentSize = 2, LearningRate = 1e-3, Sigma = 0.3, Prior = CodePrior.Mixture }, members.Shape, members.ClassNames);
        model.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        var codes = model.Encode(test).ToArray<float>();
        var places = Enumerable.Range(0, test.Count).Select(i => MixturePrior.Nearest(codes.AsSpan(2 * i, 2))).ToArray();
        var radii = Enumerable.Range(0, test.Count).Select(i => Math.Sqrt(codes[2 * i] * codes[2 * i] + codes[2 * i + 1] * codes[2 * i + 1])).ToArray();
        var purity = 1 - CodeMatch.Error(places, test.Labels!, MixturePrior.Components, 10).Value;
        Assert.InRange(radii.Average(), 3, 5.5);
        Assert.Equal(10, places.Distinct().Count());
        Assert.True(purity > 0.25, $"{purity}");
    }

    private static (ImageSet Members, ImageSet Test) Digits()
    {
        var path = Shared.Find("../shared/data/mnist");
        if (path is null) Assert.Skip("needs MNIST in ../shared/data/mnist");
        var data = ImageData.Open(path!);
        return (data.Train.Subset([.. Enumerable.Range(0, 5000)]), data.Test!.Subset([.. Enumerable.Range(0, 1000)]));
    }
}
