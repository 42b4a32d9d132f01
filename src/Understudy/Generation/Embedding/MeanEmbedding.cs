using Understudy.Data;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Generation.Embedding;

/// <summary>Sums of features of private records, class by class, with a count.</summary>
/// <remarks>
/// One record of class y adds [φ(x), w] to row y, where ‖φ(x)‖ ≤ 1, so the sum's L2 bound is √(1 + w²) whichever record comes or goes. The last
/// entry of a row is w times the number of records of the class: it turns sums into means, and tells the shares of the classes without another query.
/// </remarks>
internal static class MeanEmbedding
{
    // w: small, so that counting costs half a percent of noise; the counts are still right to within tens of records at ε = 1.
    private const double CountWeight = 0.1;
    private const int RecordsAtATime = 500;

    /// <summary>√(1 + w²): the largest L2 norm of what one record adds.</summary>
    public static double Bound { get; } = Math.Sqrt(1 + (CountWeight * CountWeight));

    /// <summary>Σ over records of onehot(y) ⊗ [φ(x), w], [K, D + 1] row-major; one row where records have no classes.</summary>
    public static double[] Sum(ImageSet records, IFeatureMap features, Device device)
    {
        var rows = Math.Max(1, records.ClassCount);
        using var data = new ImageTensors(records, PixelRange.Unit, device);
        using var whole = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var total = Tensor.Zeros([rows, features.Count + 1], DType.Float64, device);
        for (var start = 0; start < records.Count; start += RecordsAtATime)
        {
            using var scope = new TensorScope();
            var (x, y) = data.Slice(start, Math.Min(RecordsAtATime, records.Count - start));
            // In 64 bits: roundings of 32 that depend on who shares a batch would add to what one record changes.
            var classes = (y is null ? Tensor.Ones([x.Size(0), 1], device: device) : y.OneHot(rows)).To(DType.Float64); // [B, K]
            total.AddInPlace(Tensor.Cat([features.Sums(x, classes), classes.Sum([0]).Unsqueeze(1) * CountWeight], 1));
        }
        return total.ToArray<double>();
    }

    /// <summary>The features' part of a noised sum, [K, D], and the records of each class, [K, 1], by its count.</summary>
    public static (Tensor Sums, Tensor Counts) Parts(Tensor sum)
    {
        var features = sum.Size(1) - 1;
        return (sum.Narrow(1, 0, features), sum.Narrow(1, features, 1) / CountWeight);
    }
}
