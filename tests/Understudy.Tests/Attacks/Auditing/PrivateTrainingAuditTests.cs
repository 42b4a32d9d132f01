using Understudy.Attacks.Auditing;
using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Noise;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Attacks.Auditing;

/// <summary>
/// An audit of one private step, from coin to bound: 16,000 canaries whose gradients are ten times as long as the bound and touch one
/// coordinate each, so that clipping, noise and accounting must all be right for the claim ε = 1.396 at δ = 1e-9 (σ = 4) to stand.
/// </summary>
/// <remarks>
/// The noise is the operating system's, so these tests draw anew each time. At significance 0.001 a true claim is refuted at most that often, and in
/// 300 simulated runs never was; noise too small by 4 was caught each time, the right guesses lying 5 standard errors above those that suffice.
/// </remarks>
public sealed class PrivateTrainingAuditTests
{
    private const int Count = 16_000;
    private const double Claimed = 1.396, Delta = 1e-9, Significance = 0.001;

    // Fixed in advance, in units of the bound: where noise of σ = 1 is told best, and half of what a canary moves.
    private const double Threshold = 2.5, Half = 0.5;

    [Fact]
    public void ClaimOfThePlanStands()
    {
        var counts = Audited(Claimed, gradientScale: 10);
        Assert.False(new OneRunAuditor(Delta).Refutes(counts, Claimed, Significance));
        Assert.False(new OneRunGaussianAuditor(Delta).Refutes(counts, Claimed, Significance));
    }

    /// <summary>ε = 6.174 is σ = 1 in place of 4.</summary>
    [Fact]
    public void NoiseTooSmallByFourIsCaught()
    {
        var counts = Audited(epsilon: 6.174, gradientScale: 10);
        Assert.True(new OneRunAuditor(Delta).Refutes(counts, Claimed, Significance));
        Assert.True(new OneRunGaussianAuditor(Delta).Refutes(counts, Claimed, Significance));
    }

    [Fact]
    public void MissingNoiseIsCaught()
    {
        var counts = Audited(Claimed, gradientScale: 10, Half, new NoNoise());
        Assert.True(new OneRunAuditor(Delta).Refutes(counts, Claimed, Significance));
        Assert.True(new OneRunGaussianAuditor(Delta).Refutes(counts, Claimed, Significance));
    }

    /// <summary>One step at q = 1 on the canaries whose coin fell for it; a canary's score is what its coordinate moved, in units of the bound.</summary>
    private static AttackCounts Audited(double epsilon, double gradientScale, double threshold = Threshold, NoiseSource? noise = null)
    {
        using var folder = new TempFolder();
        const double Bound = 0.5;
        var planted = PlantedCanaries.Toss(Numbered());
        var records = planted.Plant(planted.Canaries.Subset([]));
        var plan = DpPlan.Calibrate(new Epsilon(epsilon), new Delta(Delta), NeighbouringRelation.AddOrRemoveOne, Count / 2, Count / 2, new FlatClipping(Bound), steps: 1);
        using var network = new Embedding(1 << 16, 1); // a row for whatever two bytes may spell
        var before = network.Weight.ToArray<float>();
        using var optimizer = new Sgd(network.Parameters, 1);
        var members = records.Private(folder, declared: Count / 2);
        using (var training = noise is null
            ? new PrivateTraining("audit", plan, members, PixelRange.Unit, network, optimizer)
            : new PrivateTraining("audit", plan, members, PixelRange.Unit, network, optimizer, noise))
            Assert.True(training.TryStep((x, _) => network.Forward(Index(x)).Squeeze(1) * gradientScale));
        var after = network.Weight.ToArray<float>();
        var scores = before.Zip(after, (from, to) => (from - to) * plan.BatchSize / Bound).Take(Count).ToArray();
        return AttackCounts.At([.. scores.Where((_, i) => planted.Included[i])], [.. scores.Where((_, i) => !planted.Included[i])], threshold);
    }

    /// <summary>Two pixels that spell the canary's number.</summary>
    private static ImageSet Numbered() =>
        new(new ImageShape(1, 1, 2), [.. Enumerable.Range(0, Count).SelectMany(i => new[] { (byte)(i >> 8), (byte)i })]);

    private static Tensor Index(Tensor x)
    {
        var bytes = (x.Flatten(1) * 255).Round().To(DType.Int64); // [B, 2]
        return bytes.Select(1, 0) * 256 + bytes.Select(1, 1);
    }
}
