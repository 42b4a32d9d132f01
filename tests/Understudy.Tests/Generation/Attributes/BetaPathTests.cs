using Understudy.Data;
using Understudy.Generation.Attributes;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Attributes;

/// <summary>Whom the attribute of reconstructions teaches in a training, whatever single terms do.</summary>
public sealed class BetaPathTests
{
    private static readonly ImageSet Members = Images.Noise(16, 1, 28, 28, classes: 2);

    [Fact]
    public void Beta_teaches_the_decoder_unless_the_published_path_is_asked_for() => Assert.Equal(BetaPath.ToDecoder, new IfcVaeGanOptions().BetaPath);

    // Of a single step, in which a weight of 10⁶ would leave nothing of the other terms.
    [Fact]
    public void The_published_path_leaves_every_weight_of_the_decoder_as_it_would_be_without_beta()
    {
        Assert.Equal(Weights("generator/", BetaPath.AsPublished, 0), Weights("generator/", BetaPath.AsPublished, 1e6));
        Assert.NotEqual(Weights("generator/", BetaPath.ToDecoder, 0), Weights("generator/", BetaPath.ToDecoder, 1e6));
    }

    // Else it would write into z, by which the reconstruction can show the attribute too, what γ takes out of it.
    [Fact]
    public void The_encoder_learns_nothing_from_beta_by_way_of_the_decoder() =>
        Assert.Equal(Weights("encoder/", BetaPath.ToDecoder, 0), Weights("encoder/", BetaPath.ToDecoder, 1e6));

    private static float[] Weights(string network, BetaPath path, double beta)
    {
        using var folder = new TempFolder();
        using var model = new IfcVaeGan(
            new IfcVaeGanOptions { Steps = 1, BatchSize = 8, Width = 4, LatentSize = 6, Beta = beta, BetaPath = path, EmaDecay = 0 }, Members.Shape, Members.ClassNames);
        model.Fit(Members.Private(folder), new FitContext(folder.Path, 1));
        return [.. StateDictionary.Load(folder["checkpoint.pt"]).Under(network).SelectMany(weight => weight.Value.To(Understudy.Torch.DType.Float32).ToArray<float>())];
    }
}
