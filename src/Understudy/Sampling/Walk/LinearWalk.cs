namespace Understudy.Sampling.Walk;

/// <summary>Straight walks: where PLAN begins, and what it is compared with.</summary>
public static class LinearWalk
{
    /// <summary>Evenly spaced points from each start to its end.</summary>
    /// <param name="pairs">The ends.</param>
    /// <param name="points">T, at least 2.</param>
    public static LatentPaths Between(WalkPairs pairs, int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        var size = pairs.Starts.Dimension;
        var latents = new float[pairs.Count * points * size];
        for (var p = 0; p < pairs.Count; p++)
        {
            ReadOnlySpan<float> start = pairs.Starts.Row(p), end = pairs.Ends.Row(p);
            for (var t = 0; t < points; t++)
            {
                var weight = t / (points - 1f);
                for (var d = 0; d < size; d++) latents[(((p * points) + t) * size) + d] = ((1 - weight) * start[d]) + (weight * end[d]);
            }
        }
        return new LatentPaths(latents, pairs.Labels, pairs.ClassNames, points, size);
    }
}
