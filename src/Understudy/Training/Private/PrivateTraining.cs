using Understudy.Data;
using Understudy.Privacy.Noise;
using Understudy.Privacy.Sampling;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Training.Private;

/// <summary>The private steps of one network: draws the batch, clips each record's gradient, adds the noise, divides by the batch size expected, updates.</summary>
/// <remarks>Abadi et al., CCS 2016, 1607.00133, algorithm 1. Nothing that depends on the records leaves it but the updated network.</remarks>
public sealed class PrivateTraining : IDisposable
{
    private readonly DpPlan plan;
    private readonly PlanAccess<ImageSet> access;
    private readonly ImageTensors data;
    private readonly Optimizer optimizer;
    private readonly ClippedGradient gradient;
    private readonly Privacy.Sampling.BatchSampler sampler;
    private readonly NoiseSource noise = new SystemNoiseSource();

    /// <summary>Reserves the plan in the ledger.</summary>
    /// <param name="label">The plan's name in the ledger.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="members">The records.</param>
    /// <param name="range">What the numbers of an image mean to the network.</param>
    /// <param name="network">What the records train; layers that mix the records of a batch are refused.</param>
    /// <param name="optimizer">Updates the network, and more if it holds more.</param>
    public PrivateTraining(string label, DpPlan plan, PrivateData<ImageSet> members, PixelRange range, Module network, Optimizer optimizer)
    {
        this.plan = plan;
        this.optimizer = optimizer;
        gradient = new ClippedGradient(network, plan.Clipping);
        access = members.Open(label, plan);
        data = new ImageTensors(access.Records, range, TorchRuntime.DefaultDevice);
        sampler = plan.Sampler(access.Records.Count);
    }

    /// <summary>One step.</summary>
    /// <param name="losses">The loss of each record, [B], from images [B, C, H, W] and their classes [B], if they have any. A loss depends on its own record alone.</param>
    /// <param name="anchors">Losses [A] of a public number of public samples, clipped one by one like the records; may be null.</param>
    /// <param name="free">A loss that touches no record, whose plain gradient is added; may be null.</param>
    /// <returns>False if the plan is spent: nothing was done then.</returns>
    public bool TryStep(Func<Tensor, Tensor?, Tensor> losses, Func<Tensor>? anchors = null, Func<Tensor>? free = null)
    {
        if (!access.TryPay()) return false;
        Accumulate(losses);
        var next = NextClipping();
        using var step = new TensorScope();
        if (anchors is not null) gradient.Accumulate(anchors);
        optimizer.ZeroGrad();
        free?.Invoke().Backward();
        var bound = gradient.Clipping.Bound;
        foreach (var (parameter, sum) in gradient.Parameters.Zip(gradient.Sums))
        {
            var noised = (sum + Noise(parameter, bound)) / plan.BatchSize;
            parameter.Grad = parameter.Grad is { } plain ? plain + noised : noised;
        }
        optimizer.Step();
        gradient.Reset();
        gradient.Clipping = next;
        return true;
    }

    private void Accumulate(Func<Tensor, Tensor?, Tensor> losses)
    {
        using var scope = new TensorScope();
        var batch = sampler.Next();
        // Without padding every row is a record.
        var mask = plan.MaximumBatch is null ? null : Tensor.From(batch.Mask.ToArray(), batch.Mask.Length);
        gradient.Accumulate(batch.Indices.Length, part =>
        {
            var (x, y) = data.Batch(batch.Indices[part].Span);
            return losses(x, y);
        }, mask);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        noise.Dispose();
        sampler.Dispose();
        data.Dispose();
        gradient.Dispose();
    }

    /// <summary>The bound of the next step: moved by a noised count of this step's norms where it follows a quantile.</summary>
    private Clipping NextClipping()
    {
        if (gradient.Clipping is not AdaptiveClipping adaptive) return gradient.Clipping;
        Span<double> count = [gradient.CentredCount];
        noise.AddGaussian(count, plan.CountNoise!.Value.Value * DpPlan.CountSensitivity);
        return adaptive.Moved(count[0], plan.BatchSize);
    }

    private Tensor Noise(Tensor parameter, double bound)
    {
        var values = new float[parameter.Count];
        noise.AddGaussian(values, plan.NoiseMultiplier.Value * bound);
        return Tensor.From(values, parameter.Shape).To(parameter.Device);
    }
}
