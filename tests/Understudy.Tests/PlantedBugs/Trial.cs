using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Noise;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Records, plan, network and ledger of one check. Gradient descent of length 1, so that a step moves the network by its update.</summary>
internal sealed class Trial : IDisposable
{
    public const string Label = "plan";

    // Finding the noise of a plan takes longer than its steps.
    private static readonly Dictionary<(Clipping, int, long, long, double, NeighbouringRelation), DpPlan> Plans = [];

    private readonly TempFolder folder = new();

    public Trial(Module network, DpPlan plan, int records, IEnumerable<Tensor>? optimized = null)
    {
        Network = network;
        Plan = plan;
        // The first number marks a record: random images, on which losses may be tried, do not have it. The second is the record's own.
        Records = new ImageSet(new ImageShape(1, 1, 2), [.. Enumerable.Range(0, records).SelectMany(i => new[] { byte.MaxValue, (byte)i })]);
        Optimizer = new Sgd(optimized ?? network.Parameters, 1);
    }

    public Module Network { get; }

    public DpPlan Plan { get; }

    public ImageSet Records { get; }

    public Optimizer Optimizer { get; }

    /// <summary>Whose noise is taken; null for the operating system's.</summary>
    public NoiseSource? Noise { get; init; }

    public LedgerAccount Account => new(Accounts.Account.Fingerprint, "image", Plan.Relation, new Delta(1e-5));

    public PrivateData<ImageSet> Members => Records.Private(folder, declared: Plan.Records, account: Account);

    /// <summary>Steps that the ledger holds for spent.</summary>
    public long Spent
    {
        get
        {
            using var ledger = OpenLedger();
            return Plan.Steps - ledger.FindReservation(Account.Fingerprint, "test")!.Remaining(Label);
        }
    }

    /// <summary>The network's numbers, one parameter after the other.</summary>
    public double[] Weights => [.. Network.Parameters.SelectMany(Oracle.Numbers)];

    /// <summary>A plan at δ = 1e-5. Where every record takes part, its noise is found at once.</summary>
    public static DpPlan PlanOf(
        Clipping clipping, int batch, long records, long steps, double epsilon = 3, NeighbouringRelation relation = NeighbouringRelation.AddOrRemoveOne)
    {
        var key = (clipping, batch, records, steps, epsilon, relation);
        if (Plans.TryGetValue(key, out var known)) return known;
        return Plans[key] = DpPlan.Calibrate(new Epsilon(epsilon), new Delta(1e-5), relation, records, batch, clipping, steps);
    }

    /// <summary>Which of some images are records, by number; the others were made up to try losses on.</summary>
    public static int[] Numbers(Tensor x)
    {
        var values = x.Flatten(1).ToArray<float>();
        return [.. Enumerable.Range(0, values.Length / 2).Where(i => values[2 * i] == 1).Select(i => (int)Math.Round(values[(2 * i) + 1] * 255))];
    }

    public PrivacyLedger OpenLedger() => PrivacyLedger.Open(folder["ledger.db"]);

    /// <summary>How far a step moves the network; null if there is none any more.</summary>
    public double[]? Move(IPrivateSteps steps, Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake = null, Func<Tensor>? free = null)
    {
        var before = Weights;
        return steps.TryStep(real, fake, free) ? [.. before.Zip(Weights, (a, b) => a - b)] : null;
    }

    public void Dispose()
    {
        Network.Dispose();
        Optimizer.Dispose();
        folder.Dispose();
    }
}
