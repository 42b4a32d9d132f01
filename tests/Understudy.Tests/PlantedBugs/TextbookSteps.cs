using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Noise;
using Understudy.Privacy.Sampling;
using Understudy.Torch;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>
/// DP-SGD by the book: a record at a time, by plain automatic differentiation, in plain loops. It passes every check, so what a mutant of
/// it fails is the one stage that the mutant changes.
/// </summary>
internal class TextbookSteps : IPrivateSteps
{
    private const int MicroBatch = 256;
    private const int StepsAtATime = 10;

    private readonly ImageTensors data;
    private readonly Tensor[] parameters;
    private readonly RandomWords words;
    private bool isExamined;

    public TextbookSteps(Trial trial)
    {
        Trial = trial;
        parameters = [.. trial.Network.Parameters];
        Noise = trial.Noise ?? new SystemNoiseSource();
        words = new RandomWords(Noise);
        data = new ImageTensors(trial.Records, PixelRange.Unit, Device.Cpu);
        Ledger = trial.OpenLedger();
        Reservation = Ledger.Reserve(trial.Account, "test", [new LedgerPlan(Trial.Label, ToldEvent, Plan.Steps)]);
        Clipping = Plan.Clipping;
    }

    protected Trial Trial { get; }

    protected DpPlan Plan => Trial.Plan;

    protected NoiseSource Noise { get; }

    protected PrivacyLedger Ledger { get; }

    protected LedgerReservation Reservation { get; }

    protected Clipping Clipping { get; private set; }

    protected double Bound => Clipping.Bound;

    protected long Prepaid { get; set; }

    /// <summary>What the ledger is told of a step.</summary>
    protected virtual PrivacyEvent ToldEvent => Plan.StepEvent;

    protected virtual double Deviation => Plan.NoiseMultiplier.Value * Bound;

    public virtual bool TryStep(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake = null, Func<Tensor>? free = null)
    {
        using var scope = new TensorScope();
        if (!isExamined) Secretly(() => Examine(real, fake));
        isExamined = true;
        if (!TryPay()) return false;
        var drawn = Draw();
        if (!Proceeds(drawn)) return true;
        var sums = Start();
        var norms = new List<double>();
        Secretly(() =>
        {
            foreach (var part in drawn.Chunk(MicroBatch))
                Add(sums, part.Select(record => (real(data.Batch([record]).Images), fake?.Invoke(Tensor.From([Companion(record)])))), norms);
        });
        Trial.Optimizer.ZeroGrad();
        free?.Invoke().Backward();
        AddNoise(sums);
        Update(sums, Divisor(drawn.Length));
        if (Clipping is AdaptiveClipping adaptive) Clipping = adaptive.Moved(Count(norms), Plan.BatchSize);
        Settle();
        return true;
    }

    public void Dispose() => Release();

    /// <summary>Refuses networks and losses that mix records.</summary>
    protected virtual void Examine(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake) => MixingProbe.Check(
        Trial.Network, batch => fake is null ? real(batch[0]) : real(batch[0]) + fake(batch[1]), Tensor.Rand([3, 1, 1, 2]), Tensor.From([0L, 1, 2]));

    protected virtual bool TryPay()
    {
        if (Prepaid == 0)
        {
            var steps = Math.Min(StepsAtATime, Reservation.Remaining(Trial.Label));
            if (steps == 0) return false;
            Reservation.Spend(Trial.Label, steps);
            Prepaid = steps;
        }
        Prepaid--;
        return true;
    }

    protected virtual int[] Draw()
    {
        using var sampler = new PoissonSampler(Trial.Records.Count, Plan.SamplingRate);
        return sampler.Next().Indices.ToArray();
    }

    protected virtual bool Proceeds(int[] drawn) => true;

    protected virtual long Companion(int record) => (long)words.Below(IPrivateSteps.Companions);

    protected virtual void Secretly(Action work)
    {
        var after = (ulong)Tensor.RandInt(0, long.MaxValue, [1]).Item<long>();
        TorchRuntime.ManualSeed(words.Next());
        try
        {
            work();
        }
        finally
        {
            TorchRuntime.ManualSeed(after);
        }
    }

    /// <summary>Sums of zero, [parameters][elements].</summary>
    protected virtual double[][] Start() => Array.ConvertAll(parameters, p => new double[p.Count]);

    /// <summary>Adds the clipped gradients of a micro-batch, given the losses [1] of each record.</summary>
    protected virtual void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms)
    {
        foreach (var (real, fake) in part)
        {
            var gradient = Gradient(fake is null ? real : real + fake);
            norms.Add(Norm(gradient));
            AddClipped(sums, gradient);
        }
    }

    protected void AddClipped(double[][] sums, double[][] gradient)
    {
        for (var p = 0; p < sums.Length; p++)
        {
            var factor = Factor(gradient, p);
            for (var i = 0; i < sums[p].Length && factor != 0; i++) sums[p][i] += factor * gradient[p][i];
        }
    }

    /// <summary>c of one parameter of a record's gradient.</summary>
    protected virtual double Factor(double[][] gradient, int parameter)
    {
        if (!double.IsFinite(Norm(gradient))) return 0;
        return Clipping switch
        {
            PerLayerClipping => Math.Min(1, Bound / Math.Sqrt(gradient.Length) / Norm([gradient[parameter]])),
            AutomaticClipping automatic => Bound / (Norm(gradient) + automatic.Stability),
            _ => Math.Min(1, Bound / Norm(gradient)),
        };
    }

    protected virtual void AddNoise(double[][] sums)
    {
        foreach (var sum in sums) Noise.AddGaussian(sum, Deviation);
    }

    protected virtual double Divisor(int drawn) => Plan.BatchSize;

    protected virtual void Update(double[][] noised, double divisor)
    {
        for (var p = 0; p < parameters.Length; p++)
        {
            var gradient = Tensor.From(Array.ConvertAll(noised[p], x => x / divisor), parameters[p].Shape).To(parameters[p].DType);
            parameters[p].Grad = parameters[p].Grad is { } plain ? plain + gradient : gradient;
        }
        Trial.Optimizer.Step();
    }

    /// <summary>The noised query of adaptive clipping.</summary>
    protected virtual double Count(List<double> norms)
    {
        double[] count = [PlainCount(norms)];
        Noise.AddGaussian(count, Plan.CountNoise!.Value.Value * 0.5);
        return count[0];
    }

    protected virtual void Settle()
    {
        // Paid already.
    }

    protected virtual void Release()
    {
        data.Dispose();
        Ledger.Dispose();
        Noise.Dispose();
    }

    protected double PlainCount(List<double> norms) => norms.Sum(norm => (norm <= Bound ? 1 : 0) - 0.5);

    protected double[][] Gradient(Tensor loss)
    {
        var gradients = Autograd.Grad([loss.Sum()], parameters, allowUnused: true);
        return [.. gradients.Select((g, p) => g is null ? new double[parameters[p].Count] : Training.Private.Oracle.Numbers(g))];
    }

    protected static double Norm(double[][] gradient) => Math.Sqrt(gradient.Sum(part => part.Sum(x => x * x)));
}
