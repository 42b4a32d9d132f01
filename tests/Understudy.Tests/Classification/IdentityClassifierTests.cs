using Understudy.Classification;
using Understudy.Data;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Classification;

public sealed class IdentityClassifierTests
{
    [Theory]
    [InlineData(IdentityNetwork.Residual)]
    [InlineData(IdentityNetwork.Plain)]
    public void It_recognises_whom_it_has_seen_and_stops_then(IdentityNetwork network)
    {
        using var folder = new TempFolder();
        var images = Images.Noise(12, 1, 12, 12, group: i => $"p{i / 2}");
        using var classifier = IdentityClassifier.Train(images, network, new IdentityOptions { Steps = 2000, BatchSize = 12, Accuracy = 0.9 }, new FitContext(folder.Path, 1));
        Assert.Equal(6, classifier.Count);
        Assert.True(classifier.TrainingAccuracy > 0.9);
        Assert.True(File.ReadLines(folder["losses.csv"]).Count() < 2000);
        Assert.True(classifier.Recognise(images).Zip(IdentityClassifier.Identities(images)).Count(pair => pair.First == pair.Second) >= 9);

        // Gradients reach the image.
        using var scope = new TensorScope();
        var x = Tensor.RandN([2, 1, 12, 12]);
        x.RequiresGrad = true;
        classifier.Logits(x).Sum().Backward();
        Assert.NotNull(x.Grad);
    }

    // Chance is 1 in 120. A network that stays there, as the plain one may at twice the rate, recognises nobody and would call every release safe.
    [Fact]
    public void The_plain_network_learns_many_identities_at_the_default_rate()
    {
        using var folder = new TempFolder();
        var images = NpzFile.Read(Shared.Find("data/pneumoniamnist/pneumoniamnist.npz")!).Train.Subset([.. Enumerable.Range(0, 120)]);
        using var classifier = IdentityClassifier.Train(images, IdentityNetwork.Plain, new IdentityOptions { Steps = 160, BatchSize = 32 }, new FitContext(folder.Path, 1));
        Assert.True(classifier.TrainingAccuracy > 0.1, $"{classifier.TrainingAccuracy}");
    }

    [Fact]
    public void Images_without_groups_are_an_identity_each()
    {
        Assert.Equal([0, 1, 2], IdentityClassifier.Identities(Images.Noise(3)));
        Assert.Equal([0, 1, 0], IdentityClassifier.Identities(Images.Noise(3, group: i => i == 1 ? "b" : "a")));
    }
}
