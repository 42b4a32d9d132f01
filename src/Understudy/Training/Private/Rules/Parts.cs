using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Work on a few samples at a time, whose intermediate results stay small enough for a processor's cache; the parts run side by side.</summary>
internal static class Parts
{
    private const long Numbers = 1 << 20;

    /// <summary>Joins what a function makes of parts of the samples, [n, …] each, along the samples. No gradients are recorded.</summary>
    /// <param name="samples">Number of samples, at least 1.</param>
    /// <param name="numbersPerSample">Numbers in memory that a sample takes meanwhile.</param>
    /// <param name="work">From the first sample of a part and their number to the result.</param>
    public static Tensor Join(long samples, long numbersPerSample, Func<long, long, Tensor> work)
    {
        // As many parts for one thread as for another.
        var threads = TorchRuntime.Threads;
        var rounds = DivideUp(samples * numbersPerSample, Numbers * threads);
        var step = DivideUp(samples, Math.Max(1, rounds) * threads);
        var parts = new Tensor?[DivideUp(samples, step)];
        try
        {
            ParallelWork.Run(parts.Length, i =>
            {
                using var scope = new TensorScope();
                var start = i * step;
                parts[i] = TensorScope.Persist(work(start, Math.Min(step, samples - start)));
            });
            return Tensor.Cat([.. parts.Select(part => part!)]);
        }
        finally
        {
            foreach (var part in parts) part?.Dispose();
        }
    }

    private static long DivideUp(long a, long b) => (a + b - 1) / b;
}
