using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Classification;

/// <summary>Two hidden layers of 512 and 128 on the pixels.</summary>
public sealed class Mlp : FeatureNetwork
{
    private const int Hidden = 512;
    private const int Width = 128;
    private const double DropProbability = 0.3;

    private readonly Module trunk;

    /// <summary>Builds one for images of any size.</summary>
    /// <param name="shape">Of an image.</param>
    /// <param name="classes">K.</param>
    /// <param name="normalization">Decides dropout alone: these layers are not normalised.</param>
    public Mlp(ImageShape shape, int classes, Normalization normalization = Normalization.Batch)
    {
        trunk = AddModule("trunk", new Sequential(new Flatten(), new Linear(shape.Length, Hidden), new ReLU(), new Linear(Hidden, Width), new ReLU()));
        Head = AddModule("head", HeadOf(Width, classes, normalization, DropProbability));
    }

    /// <inheritdoc/>
    public override int FeatureCount => Width;

    /// <inheritdoc/>
    protected override Module Head { get; }

    /// <inheritdoc/>
    public override Tensor Features(Tensor x) => trunk.Forward(x);
}
