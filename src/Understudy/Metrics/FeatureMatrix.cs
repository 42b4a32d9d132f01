using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Feature vectors of records, as a feature network gives them.</summary>
public sealed record FeatureMatrix
{
    /// <summary>Wraps an array, which the matrix then owns.</summary>
    /// <param name="values">[count, dimension] row-major, every one a finite number.</param>
    /// <param name="count">Number of records, N.</param>
    /// <param name="dimension">Features a record, D, at least 1.</param>
    /// <exception cref="InputException">Lengths disagree, or a value is not finite.</exception>
    public FeatureMatrix(float[] values, int count, int dimension)
    {
        if (count < 0 || dimension < 1 || values.Length != (long)count * dimension)
            throw new InputException($"{values.Length} feature values are no {count} records of {dimension} features");
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new InputException($"feature {i % dimension} of record {i / dimension} is {values[i]}; features are finite numbers");
        }
        Values = values;
        Count = count;
        Dimension = dimension;
    }

    /// <summary>[N, D] row-major.</summary>
    public float[] Values { get; }

    /// <summary>Number of records, N.</summary>
    public int Count { get; }

    /// <summary>Features a record, D.</summary>
    public int Dimension { get; }

    /// <summary>The features of one record, [D].</summary>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Dimension, Dimension);

    /// <summary>Throws unless the two hold features of one dimension.</summary>
    internal static void RequireSameDimension(FeatureMatrix a, FeatureMatrix b)
    {
        if (a.Dimension != b.Dimension)
            throw new InputException($"features of dimension {a.Dimension} and {b.Dimension} cannot be compared; use one feature network for both");
    }
}
