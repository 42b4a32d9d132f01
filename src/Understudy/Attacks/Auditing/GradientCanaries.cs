using System.Numerics.Tensors;
using MathNet.Numerics.Distributions;
using Understudy.Data;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// Gradients that an auditor who sits inside the training adds in place of those of records: the strongest canaries there are (Nasr et al.,
/// "Tight auditing of differentially private machine learning", USENIX Security 2023, section 4.2; Andrew et al., "One-shot empirical
/// privacy estimation for federated learning", ICLR 2024).
/// </summary>
public sealed class GradientCanaries
{
    private readonly float[] _values; // [m, D]

    private GradientCanaries(float[] values, int count) => (_values, Count) = (values, count);

    /// <summary>Number of canaries, m.</summary>
    public int Count { get; }

    /// <summary>Length of a gradient, D.</summary>
    public int Dimension => _values.Length / Count;

    /// <summary>One canary, [D], of length 1 in the L2 norm: multiply it by the clipping norm.</summary>
    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * Dimension, Dimension);

    /// <summary>Canaries that touch one coordinate each.</summary>
    /// <param name="count">How many, at most one a coordinate.</param>
    /// <param name="dimension">Length of a gradient.</param>
    /// <exception cref="InputException">There are more canaries than coordinates.</exception>
    public static GradientCanaries OneHot(int count, int dimension)
    {
        var values = Zeros(count, dimension);
        for (var i = 0; i < count; i++) values[i * dimension + i] = 1;
        return new GradientCanaries(values, count);
    }

    /// <summary>Canaries in random directions, each orthogonal to the others.</summary>
    /// <param name="count">How many, at most as many as there are coordinates.</param>
    /// <param name="dimension">Length of a gradient.</param>
    /// <param name="seed">Same seed, same canaries.</param>
    /// <exception cref="InputException">There are more canaries than coordinates.</exception>
    public static GradientCanaries Orthogonal(int count, int dimension, ulong seed)
    {
        var canaries = new GradientCanaries(Zeros(count, dimension), count);
        var random = new SplitMix64(seed);
        for (var i = 0; i < count; i++)
        {
            var row = canaries._values.AsSpan(i * dimension, dimension);
            for (var j = 0; j < dimension; j++) row[j] = (float)Normal.InvCDF(0, 1, random.NextPositiveFraction());
            for (var pass = 0; pass < 2; pass++) // once loses orthogonality where a direction is nearly spanned
            {
                for (var other = 0; other < i; other++) TensorPrimitives.MultiplyAdd(canaries[other], -TensorPrimitives.Dot(canaries[other], row), row, row);
            }
            TensorPrimitives.Divide(row, TensorPrimitives.Norm<float>(row), row);
        }
        return canaries;
    }

    /// <summary>⟨update, canary⟩ for every canary: the attack's scores.</summary>
    /// <param name="update">[D] what a step (or a round) changed, divided by the clipping norm so that a canary that took part adds 1.</param>
    /// <returns>[m].</returns>
    /// <exception cref="InputException">The update has another length.</exception>
    public double[] Scores(ReadOnlySpan<float> update)
    {
        if (update.Length != Dimension) throw new InputException($"an update of {update.Length} values does not match canaries of {Dimension}");
        var scores = new double[Count];
        for (var i = 0; i < Count; i++) scores[i] = TensorPrimitives.Dot(this[i], update);
        return scores;
    }

    private static float[] Zeros(int count, int dimension)
    {
        if (count < 1 || count > dimension) throw new InputException($"{count} canaries do not fit into gradients of {dimension} values; give 1 to {dimension}");
        return new float[(long)count * dimension];
    }
}
