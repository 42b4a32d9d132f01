using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>InfoGAN's codes: their priors, Q's factored distributions over them, and L_I.</summary>
/// <param name="categorical">Categories of each categorical code; uniform priors.</param>
/// <param name="continuous">Number of continuous codes, each U(-1, 1).</param>
/// <param name="fixStd">Whether Q's Gaussians have standard deviation 1; otherwise it is exp(output).</param>
public sealed class LatentCodes(IReadOnlyList<int> categorical, int continuous, bool fixStd)
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Categories of each categorical code.</summary>
    public IReadOnlyList<int> Categorical { get; } = categorical;

    /// <summary>Numbers that a draw of all codes takes: one-hot categories, then reals.</summary>
    public int Size { get; } = categorical.Sum() + continuous;

    /// <summary>Outputs of Q: logits, then means, then (unless they are fixed) log standard deviations.</summary>
    public int ParameterCount { get; } = categorical.Sum() + (fixStd ? continuous : 2 * continuous);

    /// <summary>A name for each code: categorical-1, …, continuous-1, ….</summary>
    public IReadOnlyList<string> Names { get; } =
        [.. categorical.Select((_, i) => $"categorical-{i + 1}"), .. Enumerable.Range(1, continuous).Select(i => $"continuous-{i}")];

    /// <summary>Draws from the prior, [B, codes].</summary>
    public Tensor Sample(long count, Device device)
    {
        var parts = new List<Tensor>();
        foreach (var categories in Categorical) parts.Add(Tensor.RandInt(0, categories, [count], device: device).OneHot(categories).To(DType.Float32));
        if (continuous > 0) parts.Add((Tensor.Rand([count, continuous], device: device) * 2) - 1);
        return Tensor.Cat([.. parts], 1);
    }

    /// <summary>
    /// L_I of the categorical and of the continuous codes, in nats: E log Q(c | x) + H(c), where H is ln K for a category and ln 2 for
    /// U(-1, 1) (equation 5).
    /// </summary>
    /// <param name="c">[B, codes] the codes drawn.</param>
    /// <param name="q">[B, code parameters] what Q says of the images made from them.</param>
    public (Tensor Categorical, Tensor Continuous) MutualInformation(Tensor c, Tensor q)
    {
        var ofCategories = Tensor.Zeros([], device: c.Device);
        long start = 0;
        foreach (var categories in Categorical)
        {
            var logQ = (F.LogSoftmax(q.Narrow(1, start, categories), 1) * c.Narrow(1, start, categories)).Sum([1]); // [B]
            ofCategories = ofCategories + logQ.Mean() + Math.Log(categories);
            start += categories;
        }
        if (continuous == 0) return (ofCategories, Tensor.Zeros([], device: c.Device));

        var error = c.Narrow(1, start, continuous) - q.Narrow(1, start, continuous); // [B, M]
        var logDensity = fixStd
            ? (error.Square() * -0.5) - HalfLogTwoPi
            : GaussianLogDensity(error, q.Narrow(1, start + continuous, continuous));
        return (ofCategories, logDensity.Sum([1]).Mean() + (continuous * Math.Log(2)));
    }

    /// <summary>The same draw with one code set to each of its values in turn: every category, or evenly spaced reals from -2 to 2.</summary>
    /// <param name="c">[B, codes].</param>
    /// <param name="code">Index into <see cref="Names"/>.</param>
    /// <param name="columns">Values of a continuous code.</param>
    public IEnumerable<Tensor> Traversal(Tensor c, int code, int columns)
    {
        const double reach = 2;
        var start = Categorical.Take(code).Sum() + Math.Max(0, code - Categorical.Count);
        var isCategorical = code < Categorical.Count;
        var width = isCategorical ? Categorical[code] : 1;
        for (var value = 0; value < (isCategorical ? width : columns); value++)
        {
            var moved = c.Clone();
            moved.Narrow(1, start, width).Zero();
            moved.Narrow(1, start + (isCategorical ? value : 0), 1).Fill(isCategorical ? 1 : -reach + (2 * reach * value / Math.Max(1, columns - 1)));
            yield return moved;
        }
    }

    private static Tensor GaussianLogDensity(Tensor error, Tensor logStd) => ((error / logStd.Exp()).Square() * -0.5) - logStd - HalfLogTwoPi;
}
