using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>A discriminator of images and their classes: D(x, y) = ψ(f(x)) + ⟨e_y, f(x)⟩, f the features, ψ linear, e_y a vector for each class.</summary>
/// <remarks>Miyato, Koyama, "cGANs with Projection Discriminator", ICLR 2018, 1802.05637, section 3.</remarks>
public sealed class ProjectionDiscriminator : Module
{
    private readonly Module features;
    private readonly Module score;
    private readonly Module classes;

    /// <summary>Builds one.</summary>
    /// <param name="shape">28×28, 32×32, 64×64 or 128×128.</param>
    /// <param name="classCount">K.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="hidden">Length of f(x).</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public ProjectionDiscriminator(ImageShape shape, int classCount, int width, int hidden)
    {
        features = AddModule("features", DcDiscriminator.Trunk(shape, width, hidden));
        score = AddModule("score", new Linear(hidden, 1));
        classes = AddModule("classes", new Linear(hidden, classCount, bias: false)); // e_y, its rows
    }

    /// <summary>Logits [B, 1] of images [B, C, H, W] and their classes, onehot(y) [B, K].</summary>
    public Tensor Forward(Tensor x, Tensor y)
    {
        var f = features.Forward(x); // [B, hidden]
        return score.Forward(f) + (classes.Forward(f) * y).Sum([1], keepDim: true);
    }
}
