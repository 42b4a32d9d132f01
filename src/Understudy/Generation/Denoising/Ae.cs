using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Denoising;

/// <summary>The plain autoencoder: L_rec on clean images. Nothing ties its codes to the prior that samples start from.</summary>
/// <remarks>Hinton, Salakhutdinov, Science 2006. It is here to compare others with.</remarks>
public sealed class Ae(AutoencoderOptions options, ImageShape shape, IReadOnlyList<string> classNames) : DenoisingSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "ae", "Hinton, Salakhutdinov: Reducing the Dimensionality of Data with Neural Networks, Science 2006", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["reconstruction"];

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var loss = Reconstruction(x);
        UpdateAutoencoder(loss);
        return [loss.Item<float>()];
    }
}
