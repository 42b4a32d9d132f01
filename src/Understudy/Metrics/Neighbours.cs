namespace Understudy.Metrics;

/// <summary>The nearest reference of every query.</summary>
/// <param name="SquaredDistances">[Q] squared Euclidean distance to it.</param>
/// <param name="Indices">[Q] its index; the lowest where several are equally near.</param>
public sealed record Neighbours(double[] SquaredDistances, int[] Indices);
