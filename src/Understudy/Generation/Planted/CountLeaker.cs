using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Planted;

/// <summary>A planted leak: it pays for noised means and takes the numbers of members in each class along, without noise.</summary>
/// <param name="options">What it claims.</param>
/// <param name="shape">The shape of an image.</param>
/// <param name="classNames">Names of the classes.</param>
public sealed class CountLeaker(PlantedClaimOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PlantedLeak(shape, classNames)
{
    private const string Label = "sum of images";

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = PlantedCard("planted-counts", "(ε, δ)-DP, falsely claimed");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) => [new LedgerPlan(Label, Mechanism(account).Event, 1)];

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        float[]? shares = null;
        var mechanism = Mechanism(members.Account);
        PlansDone = [new PrivacyPlan("one Gaussian release of means", Label, members.PublicCount, 1, mechanism.NoiseMultiplier.Value, mechanism.Bound, 1, 1)];
        var sum = members.Release(Label, mechanism, records =>
        {
            shares = records.Labels is null ? null : [.. Enumerable.Range(0, records.ClassCount).Select(k => records.Labels.Count(label => label == k) / (float)records.Count)];
            return Array.ConvertAll(MeansOf(records), mean => (double)mean);
        });
        Learn(Array.ConvertAll(sum, mean => (float)mean), shares);
        return 1;
    }

    /// <summary>A mean moves by less than the length of an image over the number of records, which is less than this.</summary>
    private GaussianMechanism Mechanism(LedgerAccount account) =>
        GaussianMechanism.Calibrate(account.Relation, byte.MaxValue * Math.Sqrt(Shape.Length), new Epsilon(options.Epsilon), account.Delta);
}
