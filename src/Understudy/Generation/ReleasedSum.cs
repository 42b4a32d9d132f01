using Understudy.Data;

namespace Understudy.Generation;

/// <summary>A noised sum over records, and the way to sum records oneself.</summary>
/// <param name="values">[D] the sum, as released.</param>
/// <param name="sum">[D] the sum over given records, without noise.</param>
/// <param name="owned">Freed with it; may be null.</param>
public sealed class ReleasedSum(double[] values, Func<ImageSet, double[]> sum, IDisposable? owned = null) : IDisposable
{
    /// <summary>[D] the sum, as released.</summary>
    public double[] Values => values;

    /// <summary>[D] the sum over records, without noise.</summary>
    public double[] Of(ImageSet records) => sum(records);

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();
}
