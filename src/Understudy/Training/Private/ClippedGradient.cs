using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Training.Private;

/// <summary>Sums of clipped per-record gradients: Σ cᵢ gᵢ for each parameter, where gᵢ is the gradient of record i's own loss.</summary>
/// <remarks>
/// No noise is added here, so <see cref="Sums"/> is as private as the records are, and so are <see cref="Norms"/> and
/// <see cref="CentredCount"/>. One record more or less changes the sums by at most the clipping's bound. A record whose gradient is not
/// finite contributes nothing.
/// </remarks>
public sealed class ClippedGradient : IDisposable
{
    private const long CopiedNumbers = 1 << 26; // 256 MiB in 32 bits

    private readonly KeyValuePair<string, Tensor>[] parameters;
    private readonly PerformanceOptions performance;
    private readonly Tensor[] sums;
    private readonly List<Tensor> norms = [];
    private Clipping clipping;
    private bool expands;

    /// <summary>Prepares sums for the parameters of a network that require gradients now.</summary>
    /// <param name="network">The network; a part that is frozen, or of another network, is a constant.</param>
    /// <param name="clipping">How each record's gradient is bounded.</param>
    /// <param name="performance">What may make it faster; null for the defaults.</param>
    /// <exception cref="InputException">The network mixes the records of a batch, has nothing to train, or its parameters are not of 32 or 64 bits.</exception>
    public ClippedGradient(Module network, Clipping clipping, PerformanceOptions? performance = null)
    {
        PrivateNetwork.Check(network);
        this.clipping = clipping;
        this.performance = performance ?? new PerformanceOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.performance.MicroBatch);
        parameters = [.. network.NamedParameters.Where(p => p.Value.RequiresGrad)];
        expands = this.performance.Norms == NormMethod.Expansion;
        sums = [.. parameters.Select(p => TensorScope.Persist(Tensor.Zeros(p.Value.Shape, p.Value.DType, p.Value.Device)))];
    }

    /// <summary>How each record's gradient is bounded; may change between batches, not within one.</summary>
    /// <exception cref="InvalidOperationException">Records have been accumulated since the last <see cref="Reset"/>.</exception>
    public Clipping Clipping
    {
        get => clipping;
        set => clipping = norms.Count == 0 ? value : throw new InvalidOperationException("the clipping of a batch cannot change within it");
    }

    /// <summary>The parameters, in the network's order.</summary>
    public IReadOnlyList<Tensor> Parameters => [.. parameters.Select(p => p.Value)];

    /// <summary>Σ cᵢ gᵢ of each parameter since the last <see cref="Reset"/>, shaped as it; zeros before any record. Private: no noise is in them.</summary>
    public IReadOnlyList<Tensor> Sums => sums;

    /// <summary>‖gᵢ‖ before clipping of every record since the last <see cref="Reset"/>, [B] (Float64). Private.</summary>
    public Tensor Norms => norms.Count == 0 ? Tensor.Zeros([0], DType.Float64, sums[0].Device) : Tensor.Cat([.. norms]);

    /// <summary>Σ (1[‖gᵢ‖ ≤ C] - ½) over the records since the last <see cref="Reset"/>: the query of <see cref="AdaptiveClipping"/>, of sensitivity ½. Private.</summary>
    public double CentredCount
    {
        get
        {
            using var scope = new TensorScope();
            return (Norms.Le(clipping.Bound).To(DType.Float64) - 0.5).Sum().Item<double>();
        }
    }

    /// <summary>Adds the records of one batch that fits in memory.</summary>
    /// <param name="losses">Computes one loss for each record, [B], by passes through the network with the records along the first dimension of every input. It may be called twice.</param>
    /// <param name="mask">[B] (Bool): false for rows that only fill the batch up and contribute nothing; null where all are records.</param>
    /// <exception cref="InputException">The losses cannot be taken apart by record; the message says where.</exception>
    public void Accumulate(Func<Tensor> losses, Tensor? mask = null)
    {
        if (!TryAccumulate(losses, mask)) TryAccumulate(losses, mask);
    }

    /// <summary>Adds the records of a batch of any size, in parts of <see cref="PerformanceOptions.MicroBatch"/>.</summary>
    /// <param name="count">Records, rows that only fill up included.</param>
    /// <param name="losses">Computes the losses of a part, as the other overload wants them.</param>
    /// <param name="mask">[count] (Bool), or null.</param>
    /// <exception cref="InputException">The losses cannot be taken apart by record; the message says where.</exception>
    public void Accumulate(int count, Func<Range, Tensor> losses, Tensor? mask = null)
    {
        for (var start = 0; start < count;)
        {
            using var scope = new TensorScope();
            var end = Math.Min(count, start + PartSize);
            var part = start..end;
            if (TryAccumulate(() => losses(part), mask?.Narrow(0, start, end - start))) start = end;
        }
    }

    /// <summary>Starts a new batch: sums of zero, no norms.</summary>
    public void Reset()
    {
        foreach (var sum in sums) sum.Zero();
        foreach (var norm in norms) norm.Dispose();
        norms.Clear();
    }

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        foreach (var tensor in sums.Concat(norms)) tensor.Dispose();
        norms.Clear();
    }

    // Copies of the parameters, one for each record, bound how many records go at once.
    private int PartSize => expands ? (int)Math.Clamp(CopiedNumbers / sums.Sum(s => s.Count), 1, performance.MicroBatch) : performance.MicroBatch;

    // Whether it was done; where not, it will be by expansion.
    private bool TryAccumulate(Func<Tensor> losses, Tensor? mask)
    {
        using var scope = new TensorScope();
        using SourceTracker tracker = expands ? new Expander(parameters) : new Recorder(parameters, performance.Norms);
        try
        {
            Accumulate(tracker, losses, mask);
            return true;
        }
        catch (NetworkDifferentiatedException)
        {
            expands = true;
            return false;
        }
    }

    private void Accumulate(SourceTracker tracker, Func<Tensor> losses, Tensor? mask)
    {
        Tensor perRecord;
        using (var forward = new TensorScope())
        using (Autograd.EnableGrad())
        {
            perRecord = forward.Keep(tracker.Track(losses));
        }
        PrivateNetwork.CheckLosses(perRecord);
        var batch = perRecord.Size(0);
        if (mask is not null && (mask.DType != DType.Bool || mask.Shape is not [var rows] || rows != batch))
            throw new ArgumentException($"the mask of {batch} losses has shape [{string.Join(", ", mask.Shape)}] and type {mask.DType}, not [{batch}] and Bool", nameof(mask));
        tracker.CheckRows(batch);
        if (batch == 0) return;
        var contributions = tracker.Contributions(perRecord);
        perRecord.Dispose();
        using (Autograd.NoGrad()) Add(contributions, batch, mask);
    }

    private void Add(Contribution?[] contributions, long batch, Tensor? mask)
    {
        var none = Tensor.Zeros([batch], DType.Float64, sums[0].Device);
        var squared = Tensor.Stack([.. contributions.Select(c => c?.SquaredNorms().To(DType.Float64) ?? none)]); // [parameters, B]
        var total = squared.Sum([0]).Sqrt(); // [B]
        norms.Add(TensorScope.Persist(mask is null ? total : total.MaskedSelect(mask)));

        var finite = total.IsFinite();
        var broken = finite.All().Item<bool>() ? null : finite.LogicalNot();
        var counted = mask is null ? finite : finite.LogicalAnd(mask);
        var factors = clipping.Factors(squared).MaskedFill(counted.LogicalNot(), 0).Expand(contributions.Length, batch);
        for (var i = 0; i < contributions.Length; i++)
        {
            if (contributions[i] is not { } contribution) continue;
            using var scope = new TensorScope();
            contribution.AddTo(sums[i], factors.Select(0, i).To(sums[i].DType), broken);
            contribution.Dispose();
        }
    }
}
