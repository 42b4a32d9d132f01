using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Tests.PlantedBugs;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

/// <summary>
/// Trainings that can be read from outside: each record moves rows of the network that are its own, and the noise is the same known number times its
/// deviation everywhere. So every step's gradient shows who was drawn, how far each moved it, and how much noise there was.
/// </summary>
internal sealed class MeasuredRun : IDisposable
{
    private const int Tables = 3, Features = 2, Companions = 4;

    private readonly TempFolder folder = new();
    private readonly int actual;
    private readonly bool isDouble;
    private readonly int declared;

    /// <summary>Makes the records.</summary>
    /// <param name="declared">N, as the plan has it.</param>
    /// <param name="actual">How many there are, at most 250.</param>
    /// <param name="isDouble">Whether the networks have 64 bits.</param>
    public MeasuredRun(int declared, int actual, bool isDouble) => (this.declared, this.actual, this.isDouble) = (declared, actual, isDouble);

    /// <summary>The noise of each step, relative to how far one record may move all that the step releases.</summary>
    public List<double> Sigmas { get; } = [];

    /// <summary>The noise of each single release, relative to the bound.</summary>
    public List<double> Releases { get; } = [];

    /// <summary>Records drawn in all steps, rows that only fill up included.</summary>
    public long Drawn { get; private set; }

    // Rows of the tables behind those of the records.
    private int Anchor => actual;

    private int Free => actual + 1;

    private int Untouched => actual + 2;

    /// <summary>The records, of two pixels each: the first marks a record, which random images that losses are tried on are not; the second is its number.</summary>
    public PrivateData<ImageSet> Records(LedgerAccount account) =>
        new ImageSet(new ImageShape(1, 1, 2), [.. Enumerable.Range(0, actual).SelectMany(i => new[] { byte.MaxValue, (byte)i })]).Private(folder, declared: declared, account: account);

    /// <summary>What the ledger says was spent.</summary>
    public double Reported(LedgerAccount account)
    {
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        return ledger.Extract(account.Fingerprint).Spent.Upper;
    }

    /// <summary>Trains a network and measures its steps. The run stops after some, and is taken up again once.</summary>
    public void Train(string label, DpPlan plan, PrivateData<ImageSet> members, int stops, Losses losses, PerformanceOptions performance)
    {
        for (var left = 2; left > 0; left--)
        {
            using var network = new Rows(actual + 3);
            if (isDouble) network.To(DType.Float64);
            using var optimizer = new Sgd(network.Parameters, 0.1);
            using var training = new PrivateTraining(label, plan, members, PixelRange.Unit, network, optimizer, new ConstantNoise(), performance);
            Step? before = null;
            for (var step = 0; step < stops; step++)
            {
                using var scope = new TensorScope();
                var drawn = Drawn;
                if (!TryStep(training, network, losses)) break;
                before = Measure(plan, network, losses, (int)(Drawn - drawn), before);
            }
        }
    }

    public void Dispose() => folder.Dispose();

    private bool TryStep(PrivateTraining training, Rows network, Losses losses)
    {
        Func<Tensor>? free = losses.HasFree ? () => network.Forward(Tensor.From([(long)Free])).Sum() : null;
        // Far above every bound.
        Func<Tensor>? anchors = losses.HasAnchors ? () => network.Forward(Tensor.From([(long)Anchor])) * 1e9 : null;
        return losses.HasFakes
            ? training.TryStep((x, _, _) => (Real(x, count: true) * losses.Scale) + (2 * losses.Scale * Real(x, count: false)), Companions, free)
            : training.TryStep((x, _) => Real(x, count: true) * losses.Scale, anchors, free);

        Tensor Real(Tensor x, bool count)
        {
            var pixels = x.Flatten(1); // [B, 2]
            if (count) Drawn += pixels.Select(1, 0).Eq(1).Sum().Item<long>();
            return network.Forward((pixels.Select(1, 1) * 255).Round().Clamp(max: actual - 1).To(DType.Int64));
        }
    }

    /// <summary>Reads a step from the gradient that it left.</summary>
    private Step Measure(DpPlan plan, Rows network, Losses losses, int drawn, Step? before)
    {
        // Of each table, times the divisor.
        var sums = network.Parameters.Select(p => Array.ConvertAll(Oracle.Numbers(p.Grad!), g => g * plan.BatchSize)).ToArray();
        var noise = sums[0][Untouched * Features];
        var multiplier = before?.Multiplier ?? noise / ConstantNoise.Unit / plan.Clipping.Bound;
        // Where the bound moves, the noise moves with it: if it moved less, records would be found beyond the bound.
        var bound = noise / ConstantNoise.Unit / multiplier;
        if (plan.Clipping is not AdaptiveClipping) Assert.Equal(plan.Clipping.Bound, bound, 1e-4 * bound);
        var tolerance = (isDouble ? 1e-9 : 1e-4) * (Math.Abs(noise) + bound);
        Assert.InRange(Length(Untouched), 0, tolerance);
        // A loss that touches no record is neither clipped nor divided.
        if (losses.HasFree) Assert.Equal(Losses.Unclipped(1) * plan.BatchSize, Length(Free), (tolerance + 1e-4) * plan.BatchSize);

        var raw = Losses.Unclipped(losses.Scale * (losses.HasFakes ? 3 : 1));
        var lengths = Enumerable.Range(0, actual).Select(Length).Where(length => length > tolerance).ToArray();
        Assert.All(lengths, length => Assert.InRange(length, 0, bound + tolerance));
        if (raw > 100 * bound) Assert.All(lengths, length => Assert.InRange(length, (0.97 * bound) - tolerance, bound));
        if (raw > 100 * bound && plan.MaximumBatch is null) Assert.Equal(drawn, lengths.Length);
        Sigmas.Add(multiplier);
        if (before is not null && CountNoise(plan, bound, before) is { } count) Sigmas[^2] = 1 / Math.Sqrt(Math.Pow(multiplier, -2) + Math.Pow(count, -2));
        return new Step(multiplier, bound, drawn * (raw <= bound ? 0.5 : -0.5));

        double Length(int row) => Math.Sqrt(sums.Sum(table => table.Skip(row * Features).Take(Features).Sum(x => (x - noise) * (x - noise))));
    }

    /// <summary>The noise on the count that moved the bound, relative to its sensitivity of ½; null where there is none, or where it cannot be seen.</summary>
    private static double? CountNoise(DpPlan plan, double bound, Step before)
    {
        if (plan.Clipping is not AdaptiveClipping adaptive) return null;
        var share = adaptive.Quantile - (Math.Log(bound / before.Bound) / adaptive.LearningRate);
        if (share is < 1e-3 or > 1 - 1e-3) return null;
        return (((share - 0.5) * plan.BatchSize) - before.Count) / ConstantNoise.Unit / 0.5;
    }

    /// <summary>What the losses of a training are.</summary>
    /// <param name="Scale">Length of a record's gradient in one pass, in units of that of a loss of 1.</param>
    /// <param name="HasFakes">Whether each record has a second pass, twice as long.</param>
    /// <param name="HasAnchors">Whether there is a public sample.</param>
    /// <param name="HasFree">Whether there is a loss that touches no record.</param>
    internal sealed record Losses(double Scale, bool HasFakes, bool HasAnchors, bool HasFree)
    {
        /// <summary>Length of the gradient of one row's sum.</summary>
        public static double Unclipped(double scale) => scale * Math.Sqrt(Tables * Features);
    }

    /// <summary>What is known of a step.</summary>
    private sealed record Step(double Multiplier, double Bound, double Count);

    /// <summary>Tables of vectors; a row is what the record of that number moves.</summary>
    private sealed class Rows : Module
    {
        private readonly Embedding[] tables;

        public Rows(int rows) => tables = [.. Enumerable.Range(0, Tables).Select(i => AddModule($"table{i}", new Embedding(rows, Features)))];

        public override Tensor Forward(Tensor x) => tables.Select(table => table.Forward(x).Sum([1])).Aggregate((sum, more) => sum + more);
    }
}
