using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Gan.Tricks;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Dual;

/// <summary>Stage I without a guarantee: a DCGAN on masks, z ~ U(-1, 1), two steps of the generator for one of the discriminator.</summary>
/// <remarks>L_D = BCE(D(m), 1) + BCE(D(G(z)), 0), L_G = BCE(D(G(z)), 1). Losses are told of every update, so that a discriminator that has lost is seen.</remarks>
/// <param name="options">The training.</param>
/// <param name="shape">The shape of a mask.</param>
/// <param name="noise">What the discriminator sees masks through.</param>
internal sealed class MaskGan(GanOptions options, ImageShape shape, InstanceNoise noise) : GanSynthesizer(options, shape, [])
{
    private const int UpdatesOfG = 2;

    /// <inheritdoc/>
    public override MethodCard Card => DualGan.MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", .. Enumerable.Range(1, UpdatesOfG).Select(i => $"generator{i}")];

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(Options.LatentSize, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(DcDiscriminator.Build(Shape, Options.Width));

    /// <inheritdoc/>
    protected override Tensor Noise(long count) => Tensor.Rand([count, Options.LatentSize], device: Device) * 2 - 1;

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        Tensor fake;
        using (Autograd.NoGrad()) fake = Generator.Forward(Noise(x.Size(0))); // [B, 1, H, W]
        var lossD = F.Softplus(-Judge(x)).Mean() + F.Softplus(Judge(fake)).Mean();
        UpdateDiscriminator(lossD);
        var losses = new List<float> { lossD.Item<float>() };
        for (var i = 0; i < UpdatesOfG; i++)
        {
            var lossG = WithFrozenDiscriminator(() => F.Softplus(-Judge(Generator.Forward(Noise(x.Size(0))))).Mean());
            UpdateGenerator(lossG);
            losses.Add(lossG.Item<float>());
        }
        return [.. losses];
    }

    private Tensor Judge(Tensor masks) => Discriminator.Forward(noise.Add(masks, StepsDone));
}
