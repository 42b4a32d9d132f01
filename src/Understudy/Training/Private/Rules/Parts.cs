using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Work on a few samples at a time, whose intermediate results stay small enough for a processor's cache.</summary>
internal static class Parts
{
    private const long Numbers = 1 << 20;

    /// <summary>Joins what a function makes of parts of the samples, [n, …] each, along the samples.</summary>
    /// <param name="samples">Number of samples, at least 1.</param>
    /// <param name="numbersPerSample">Numbers in memory that a sample takes meanwhile.</param>
    /// <param name="work">From the first sample of a part and their number to the result.</param>
    public static Tensor Join(long samples, long numbersPerSample, Func<long, long, Tensor> work)
    {
        var step = Math.Clamp(Numbers / Math.Max(1, numbersPerSample), 1, samples);
        using var scope = new TensorScope();
        var parts = new List<Tensor>();
        for (var start = 0L; start < samples; start += step)
        {
            using var part = new TensorScope();
            parts.Add(part.Keep(work(start, Math.Min(step, samples - start))));
        }
        return scope.Keep(parts.Count == 1 ? parts[0] : Tensor.Cat([.. parts]));
    }
}
