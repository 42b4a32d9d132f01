using Understudy.Data;
using Understudy.Privacy.Noise;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Training.Private;

/// <summary>The private steps of one network: draws the batch, clips each record's gradient, adds the noise, divides by the batch size expected, updates.</summary>
/// <remarks>
/// Abadi et al., CCS 2016, 1607.00133, algorithm 1. Nothing that depends on the records leaves it but the updated network. A step that fails
/// releases nothing and stays paid for. Before the first, the losses are tried on random images: those that mix records are refused.
/// </remarks>
public sealed class PrivateTraining : IDisposable
{
    private const int ProbedImages = 3;

    private readonly DpPlan plan;
    private readonly Module network;
    private readonly PlanAccess<ImageSet> access;
    private readonly ImageTensors data;
    private readonly Optimizer optimizer;
    private readonly ClippedGradient gradient;
    private readonly Privacy.Sampling.BatchSampler sampler;
    private readonly NoiseSource noise;
    private readonly RandomWords words;
    private float[] singles = [];
    private double[] doubles = [];
    private bool isProbed;

    /// <summary>Reserves the plan in the ledger.</summary>
    /// <param name="label">The plan's name in the ledger.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="members">The records.</param>
    /// <param name="range">What the numbers of an image mean to the network.</param>
    /// <param name="network">What the records train; layers that mix the records of a batch are refused.</param>
    /// <param name="optimizer">Updates the network, and more if it holds more.</param>
    /// <param name="performance">What may make it faster, and cannot change what it does; null for the defaults.</param>
    public PrivateTraining(
        string label, DpPlan plan, PrivateData<ImageSet> members, PixelRange range, Module network, Optimizer optimizer, PerformanceOptions? performance = null)
        : this(label, plan, members, range, network, optimizer, new SystemNoiseSource(), performance)
    {
    }

    internal PrivateTraining(
        string label, DpPlan plan, PrivateData<ImageSet> members, PixelRange range, Module network, Optimizer optimizer, NoiseSource noise, PerformanceOptions? performance = null)
    {
        (this.plan, this.network, this.optimizer, this.noise) = (plan, network, optimizer, noise);
        words = new RandomWords(noise);
        gradient = new ClippedGradient(network, plan.Clipping, performance);
        access = members.Open(label, plan);
        data = new ImageTensors(access.Records, range, TorchRuntime.DefaultDevice);
        sampler = plan.Sampler(access.Records.Count);
    }

    /// <summary>One step.</summary>
    /// <param name="losses">The loss of each record, [B], from images [B, C, H, W] and their classes [B], if they have any. A loss depends on its own record alone.</param>
    /// <param name="anchors">Losses [A] of a public number of public samples, clipped one by one like the records; may be null.</param>
    /// <param name="free">A loss that touches no record, whose plain gradient is added; may be null.</param>
    /// <returns>False if the plan is spent: nothing was done then.</returns>
    /// <exception cref="InputException">The losses mix records, or cannot be taken apart by record.</exception>
    public bool TryStep(Func<Tensor, Tensor?, Tensor> losses, Func<Tensor>? anchors = null, Func<Tensor>? free = null) =>
        TryStep((x, y, _) => losses(x, y), 1, anchors, free);

    /// <summary>One step in which each record gets a public companion.</summary>
    /// <remarks>Companions go to records by secret chance: handed out in turn, a record more would move those of all behind it.</remarks>
    /// <param name="losses">The loss of each record, [B], from images, classes and the numbers of their companions, [B] (Int64) in [0, companions).</param>
    /// <param name="companions">How many there are, a public number.</param>
    /// <param name="free">A loss that touches no record, whose plain gradient is added; may be null.</param>
    /// <returns>False if the plan is spent: nothing was done then.</returns>
    /// <exception cref="InputException">The losses mix records, or cannot be taken apart by record.</exception>
    public bool TryStep(Func<Tensor, Tensor?, Tensor, Tensor> losses, int companions, Func<Tensor>? free = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(companions);
        return TryStep(losses, companions, anchors: null, free);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        noise.Dispose();
        sampler.Dispose();
        data.Dispose();
        gradient.Dispose();
    }

    private bool TryStep(Func<Tensor, Tensor?, Tensor, Tensor> losses, int companions, Func<Tensor>? anchors, Func<Tensor>? free)
    {
        if (!isProbed) Probe(losses, companions);
        isProbed = true;
        if (!access.TryPay()) return false;
        // What a step that failed has left behind would count a record twice.
        gradient.Reset();
        Apart(() => Accumulate(losses, companions));
        var next = NextClipping();
        using var step = new TensorScope();
        if (anchors is not null) gradient.Accumulate(anchors);
        optimizer.ZeroGrad();
        free?.Invoke().Backward();
        var deviation = plan.NoiseMultiplier.Value * gradient.Clipping.Bound;
        foreach (var (parameter, sum) in gradient.Parameters.Zip(gradient.Sums))
        {
            var noised = Noised(sum, deviation) / plan.BatchSize;
            parameter.Grad = parameter.Grad is { } plain ? plain + noised : noised;
        }
        optimizer.Step();
        gradient.Reset();
        gradient.Clipping = next;
        return true;
    }

    private void Accumulate(Func<Tensor, Tensor?, Tensor, Tensor> losses, int companions)
    {
        using var scope = new TensorScope();
        var batch = sampler.Next();
        // Without padding every row is a record.
        var mask = plan.MaximumBatch is null ? null : Tensor.From(batch.Mask.ToArray(), batch.Mask.Length).To(data.Device);
        var numbers = new long[batch.Indices.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = (long)words.Below((ulong)companions);
        gradient.Accumulate(numbers.Length, part =>
        {
            var (x, y) = data.Batch(batch.Indices[part].Span);
            return losses(x, y, Tensor.From(numbers[part]).To(data.Device));
        }, mask);
    }

    /// <summary>Does work whose use of the experiment's generator depends on the records.</summary>
    /// <remarks>
    /// A dropout mask goes to a record by its place in the batch, so whoever knows the seed would see a record more in all behind it: the work
    /// runs under a secret seed. And what is drawn afterwards would tell how many records there were: it goes on as if none had been.
    /// </remarks>
    private void Apart(Action work)
    {
        ulong after;
        using (new TensorScope()) after = (ulong)Tensor.RandInt(0, long.MaxValue, [1]).Item<long>();
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

    private void Probe(Func<Tensor, Tensor?, Tensor, Tensor> losses, int companions) => Apart(() =>
    {
        using var scope = new TensorScope();
        var shape = access.Records.Shape;
        var unit = Tensor.Rand([ProbedImages, shape.Channels, shape.Height, shape.Width], device: data.Device);
        var x = data.Range == PixelRange.SignedUnit ? (unit * 2) - 1 : unit;
        var companion = Tensor.RandInt(0, companions, [ProbedImages], device: data.Device);
        if (access.Records.Labels is null)
        {
            MixingProbe.Check(network, batch => losses(batch[0], null, batch[1]), x, companion);
            return;
        }
        var y = Tensor.RandInt(0, access.Records.ClassCount, [ProbedImages], device: data.Device);
        MixingProbe.Check(network, batch => losses(batch[0], batch[1], batch[2]), x, y, companion);
    });

    /// <summary>The bound of the next step: moved by a noised count of this step's norms where it follows a quantile.</summary>
    private Clipping NextClipping()
    {
        if (gradient.Clipping is not AdaptiveClipping adaptive) return gradient.Clipping;
        Span<double> count = [gradient.CentredCount];
        noise.AddGaussian(count, plan.CountNoise!.Value.Value * DpPlan.CountSensitivity);
        return adaptive.Moved(count[0], plan.BatchSize);
    }

    /// <summary>A sum with its noise, added at the sum's own precision: coarser noise would leave the sum's last bits as they are.</summary>
    private Tensor Noised(Tensor sum, double deviation)
    {
        var count = (int)sum.Count;
        if (sum.DType == DType.Float64)
        {
            var exact = Room(ref doubles, count);
            sum.CopyTo(exact);
            noise.AddGaussian(exact, deviation);
            return Tensor.From<double>(exact, sum.Shape).To(sum.Device);
        }
        var values = Room(ref singles, count);
        sum.CopyTo(values);
        noise.AddGaussian(values, deviation);
        return Tensor.From<float>(values, sum.Shape).To(sum.Device);
    }

    // Large arrays made anew in every step cost more than their noise.
    private static Span<T> Room<T>(ref T[] room, int count)
    {
        if (room.Length < count) room = new T[count];
        return room.AsSpan(0, count);
    }
}
