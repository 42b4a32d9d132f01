using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>LAPGAN: a GAN for the coarse image and a conditional GAN for the details of each doubling. Its samples carry no labels.</summary>
/// <remarks>
/// Denton, Chintala, Szlam, Fergus, NIPS 2015, 1506.05751. At level k, real h = I_k - up(I_(k+1)), fake h̃ = G_k(z_k, up(I_(k+1))) with the real coarser
/// image, and D_k sees h beside up(I_(k+1)): L_D = Σ_k E softplus(-D_k(h)) + E softplus(D_k(h̃)), L_G = Σ_k E softplus(-D_k(h̃)). The levels share nothing,
/// so that one step of the sums is one step of each.
/// </remarks>
public sealed class LapGan(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : GanSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "lapgan", "Denton, Chintala, Szlam, Fergus: Deep Generative Image Models Using a Laplacian Pyramid of Adversarial Networks, NIPS 2015, arXiv 1506.05751", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

    private PyramidGenerator G => (PyramidGenerator)Generator;

    private PyramidDiscriminator D => (PyramidDiscriminator)Discriminator;

    /// <inheritdoc/>
    protected override Module BuildGenerator() => new PyramidGenerator(Options.LatentSize, Shape, Options.Width);

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => new PyramidDiscriminator(Shape, Options.Width);

    /// <summary>z ~ N(0, I) for the coarsest image, and a plane for each finer size.</summary>
    protected override Tensor Noise(long count) => Tensor.RandN([count, G.NoiseSize], device: Device);

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var z = Noise(x.Size(0));
        List<(Func<Tensor, Tensor> Judge, Tensor Real, Tensor Fake)> levels = [];
        for (var k = Pyramid.Shapes(Shape).Length - 1; k >= 1; k--)
        {
            var level = k;
            var coarser = Pyramid.Down(x);
            var enlarged = Pyramid.Up(coarser);
            levels.Add((h => D.Details(level, h, enlarged), x - enlarged, G.Details(level, z, enlarged)));
            x = coarser;
        }
        levels.Add((D.Coarsest, x, G.Coarsest(z)));

        var lossD = Sum(levels.Select(l => F.Softplus(-l.Judge(l.Real)).Mean() + F.Softplus(l.Judge(l.Fake.Detach())).Mean()));
        UpdateDiscriminator(lossD);

        var lossG = WithFrozenDiscriminator(() => Sum(levels.Select(l => F.Softplus(-l.Judge(l.Fake)).Mean())));
        UpdateGenerator(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }

    private static Tensor Sum(IEnumerable<Tensor> losses) => losses.Aggregate((sum, loss) => sum + loss);
}
