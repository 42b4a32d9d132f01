using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Training.Private;

/// <summary>Finds out, on a batch that is not private, whether the loss of one record depends on another record.</summary>
/// <remarks>
/// Clipping bounds what a record changes only where each loss is a function of its own record. The probe catches what no list of layers
/// can: layers of one's own, minibatch discrimination, losses that compare the records of a batch, statistics that were detached.
/// </remarks>
public static class MixingProbe
{
    private const ulong Seed = 1;
    private const double Tolerance = 1e-5;

    /// <summary>Refuses losses that mix records. Reseeds the experiment's generator, so that random layers draw the same numbers each time.</summary>
    /// <param name="network">The network to be trained.</param>
    /// <param name="losses">From a batch to one loss for each record, [B].</param>
    /// <param name="batch">What the losses take, each with the records along its first dimension: at least two records, random or public, and all different.</param>
    /// <exception cref="InputException">The losses mix records, or cannot be taken apart by record.</exception>
    public static void Check(Module network, Func<Tensor[], Tensor> losses, params Tensor[] batch)
    {
        var records = batch[0].Size(0);
        if (records < 2) throw new ArgumentException("mixing takes at least two records to be seen", nameof(batch));
        PrivateNetwork.Check(network);
        var parameters = network.NamedParameters.Where(p => p.Value.RequiresGrad).ToArray();
        using var scope = new TensorScope();
        var buffers = network.NamedBuffers.Select(b => (Buffer: b.Value, Before: b.Value.Clone())).ToArray();
        var plain = Outcome(batch);
        for (var i = 0L; i < records; i++)
        {
            // Where every record is record i, record i must fare the same.
            using var repeated = new TensorScope();
            var outcome = Outcome(Array.ConvertAll(batch, x => x.Narrow(0, i, 1).Repeat(Times(x, records))));
            var (before, after) = (plain.Select(0, i), outcome.Select(0, i));
            if ((before - after).Abs().Max().Item<double>() > Tolerance * (1 + before.Abs().Max().Item<double>())) throw Mixed("");
        }

        Tensor Outcome(Tensor[] records)
        {
            TorchRuntime.ManualSeed(Seed);
            try
            {
                return PerRecord(parameters, () => losses(records));
            }
            finally
            {
                using var noGrad = Autograd.NoGrad();
                foreach (var (buffer, before) in buffers) buffer.CopyFrom(before);
            }
        }
    }

    // Loss and gradient of each record, [B, 1 + elements].
    private static Tensor PerRecord(KeyValuePair<string, Tensor>[] parameters, Func<Tensor> losses)
    {
        using var expander = new Expander(parameters);
        using var grad = Autograd.EnableGrad();
        var perRecord = expander.Track(losses);
        PrivateNetwork.CheckLosses(perRecord);
        expander.CheckRows(perRecord.Size(0));
        return Tensor.Stack([.. perRecord.Unbind().Select((loss, i) => Tensor.Cat([loss.Detach().Reshape(1).To(DType.Float64), .. Own(expander, loss, i)]))]);
    }

    private static Tensor[] Own(Expander expander, Tensor loss, int record)
    {
        var all = expander.Gradients(loss).ToArray();
        // What comes before the mixing is reached from every record, what comes after it from its own alone.
        foreach (var (parameter, gradients) in all.Reverse())
        {
            var reached = gradients.Flatten(1).Ne(0).To(DType.Float32).Amax([1]); // 1 for each record whose copy the loss depends on
            if (reached.Sum().Item<float>() > reached.Select(0, record).Item<float>()) throw Mixed($" after the layer of '{expander.Parameters[parameter].Key}'");
        }
        return Array.ConvertAll(all, pair => pair.Gradients.Select(0, record).Flatten().To(DType.Float64));
    }

    private static long[] Times(Tensor x, long records)
    {
        var times = new long[x.Shape.Length];
        Array.Fill(times, 1L);
        times[0] = records;
        return times;
    }

    private static InputException Mixed(string where) =>
        new($"the loss of a record depends on the other records of its batch{where}, so no clipping bounds what one record changes; keep records apart: no statistics of the batch, no comparisons within it");
}
