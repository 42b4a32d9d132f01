using Understudy.Generation;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Training;

namespace Understudy.Sampling.Walk;

/// <summary>PLAN: walks that are bent until an identity classifier recognises nobody along them and the class is still clear.</summary>
/// <remarks>
/// See <see cref="PlanLoss"/> for the paper. It avoids the identities that one classifier knows, which is a heuristic and no guarantee: audit what
/// is released, with a classifier that the walk has not seen.
/// </remarks>
/// <param name="generator">Makes the images.</param>
/// <param name="identity">φ_id: logits [B, N], one an identity, of images [B, C, H, W] in [-1, 1]; differentiable.</param>
/// <param name="task">φ_class: logits [B, K]; differentiable.</param>
/// <param name="options">Weights, steps, points.</param>
public sealed class PlanWalk(ILatentGenerator generator, Func<Tensor, Tensor> identity, Func<Tensor, Tensor> task, WalkOptions options)
{
    // Images that go through the networks at a time; paths do not touch one another, so this changes memory and no result.
    private const int ImagesAtATime = 512;

    private static readonly Dictionary<string, double> NoValues = [];

    /// <summary>Bends straight walks between pairs of end points; memory does not grow with their number.</summary>
    /// <param name="pairs">The ends, which stay where they are.</param>
    /// <param name="progress">Told the steps done of all batches; may be null.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public PlanResult Walk(WalkPairs pairs, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var paths = LinearWalk.Between(pairs, options.Points);
        var losses = new double[options.Steps];
        var batch = Math.Max(1, ImagesAtATime / (options.Points - 2));
        double clamped = 0;
        for (var first = 0; first < paths.Count; first += batch)
        {
            var count = Math.Min(batch, paths.Count - first);
            clamped += count * Bend(paths, first, count, losses, done =>
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new StageProgress("walk", "PLAN", ((long)first * options.Steps) + ((long)count * done), (long)paths.Count * options.Steps, NoValues));
            });
        }
        return new PlanResult(paths, Array.ConvertAll(losses, loss => loss / paths.Count), clamped / paths.Count);
    }

    /// <summary>Moves the inner points of some paths, in place; returns the share of clamped pixels at the end.</summary>
    private double Bend(LatentPaths paths, int first, int count, double[] losses, Action<int> tell)
    {
        using var scope = new TensorScope();
        var (points, size, device) = (paths.Points, paths.LatentSize, generator.Device);
        var inner = points - 2;
        var part = paths.Latents.AsSpan(first * points * size, count * points * size);
        var start = Tensor.From<float>(part, count, points, size).To(device); // [P, T, nz]
        Tensor from = start.Narrow(1, 0, 1), to = start.Narrow(1, points - 1, 1); // [P, 1, nz]
        var between = start.Narrow(1, 1, inner).Clone(); // [P, T - 2, nz]
        between.RequiresGrad = true;
        int[] classes = [.. paths.Labels.Skip(first).Take(count).SelectMany(label => Enumerable.Repeat(label, inner))];
        var labels = Tensor.From(Array.ConvertAll(classes, label => (long)label)).To(device); // [P · (T - 2)]
        var condition = LatentImages.Classes(generator, classes, 0, classes.Length);

        using var optimizer = new Adam([between], options.LearningRate);
        for (var step = 0; step < options.Steps; step++)
        {
            tell(step);
            using var inside = new TensorScope();
            var images = Images().Clamp(-1, 1);
            var loss = PlanLoss.Of(Tensor.Cat([from, between, to], 1), identity(images), task(images), labels, options).Sum();
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            losses[step] += loss.Item<float>();
        }
        using var noGrad = Autograd.NoGrad();
        Tensor.Cat([from, between, to], 1).ToArray<float>().CopyTo(part);
        return Images().Abs().Gt(1).To(DType.Float32).Mean().Item<float>();

        Tensor Images() => generator.Forward(between.Reshape(-1, size), condition); // [P · (T - 2), C, H, W]
    }
}
