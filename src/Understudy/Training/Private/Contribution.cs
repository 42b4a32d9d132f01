using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>What the records of a batch contribute to the gradient of one parameter, not yet clipped.</summary>
internal abstract class Contribution : IDisposable
{
    /// <summary>Squared norm of each record's part, [B].</summary>
    public abstract Tensor SquaredNorms();

    /// <summary>Adds Σ cᵢ gᵢ to a sum shaped as the parameter.</summary>
    /// <param name="sum">The sum, without gaps in memory.</param>
    /// <param name="factors">c, [B].</param>
    /// <param name="broken">Records that contribute nothing though their numbers are not finite, [B] (Bool); null where there are none.</param>
    public abstract void AddTo(Tensor sum, Tensor factors, Tensor? broken);

    /// <summary>Frees what it holds.</summary>
    public abstract void Dispose();

    /// <summary>Numbers of a sample, c or a mask, so that they broadcast over [B, …].</summary>
    protected static Tensor Over(Tensor perSample, Tensor x)
    {
        var shape = new long[x.Shape.Length];
        Array.Fill(shape, 1L);
        shape[0] = -1;
        return perSample.Reshape(shape);
    }
}
