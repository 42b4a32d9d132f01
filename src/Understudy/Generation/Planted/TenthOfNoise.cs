using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Planted;

/// <summary>A planted leak: it sums images of length ten and says they have length one, so that the noise is a tenth of what its ε takes.</summary>
/// <param name="options">What it claims.</param>
/// <param name="shape">The shape of an image.</param>
/// <param name="classNames">Names of the classes.</param>
public sealed class TenthOfNoise(PlantedClaimOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PlantedLeak(shape, classNames), IReleasesSum
{
    private const string Label = "sum of images";
    private const string SumFile = "sum.pt";
    private const double Length = 10;
    private const double ClaimedLength = 1;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = PlantedCard("planted-noise", "(ε, δ)-DP, falsely claimed");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) => [new LedgerPlan(Label, Mechanism(account).Event, 1)];

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var path = Path.Combine(context.Directory, SumFile);
        using var scope = new TensorScope();
        var mechanism = Mechanism(members.Account);
        PlansDone = [new PrivacyPlan("one Gaussian release of a sum", Label, members.PublicCount, 1, mechanism.NoiseMultiplier.Value, mechanism.Bound, 1, 1)];
        if (!File.Exists(path)) new StateDictionary { { "sum", Tensor.From(members.Release(Label, mechanism, Sum), Rows, Shape.Length) } }.Save(path);
        var perClass = members.PublicCount / (double)Rows;
        var middle = byte.MaxValue / 2.0;
        Learn(Array.ConvertAll(StateDictionary.Load(path)["sum"].ToArray<double>(), value => (float)(middle + (value / Length / perClass * middle * Math.Sqrt(Shape.Length)))));
        return 1;
    }

    /// <inheritdoc/>
    public ReleasedSum OpenSum(FitContext context)
    {
        using var scope = new TensorScope();
        return new ReleasedSum(StateDictionary.Load(Path.Combine(context.Directory, SumFile))["sum"].ToArray<double>(), Sum);
    }

    private GaussianMechanism Mechanism(LedgerAccount account) =>
        GaussianMechanism.Calibrate(account.Relation, ClaimedLength, new Epsilon(options.Epsilon), account.Delta);

    /// <summary>[K, P] sums of images less middle grey, each brought to the length.</summary>
    private double[] Sum(ImageSet records)
    {
        var sum = new double[Rows * Shape.Length];
        var centred = new double[Shape.Length];
        for (var i = 0; i < records.Count; i++)
        {
            var image = records.Image(i);
            for (var j = 0; j < centred.Length; j++) centred[j] = image[j] - (byte.MaxValue / 2.0);
            var scale = Length / Math.Max(1e-9, Math.Sqrt(centred.Sum(value => value * value)));
            var start = (records.Labels?[i] ?? 0) * Shape.Length;
            for (var j = 0; j < centred.Length; j++) sum[start + j] += centred[j] * scale;
        }
        return sum;
    }
}
