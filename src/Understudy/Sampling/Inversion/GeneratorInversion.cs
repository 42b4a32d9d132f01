using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Sampling.Inversion;

/// <summary>Finds latent vectors whose images come near to given ones, many at a time.</summary>
/// <remarks>
/// Creswell and Bharath, "Inverting the generator of a generative adversarial network (II)", IEEE TNNLS 2018, 1802.05701: gradient descent on
/// L(z) = mean over pixels (G(z) − x)² − α · mean over entries log N(z; 0, 1). It is an attack surface, and protects nothing: an image that
/// comes back too well was learnt by heart.
/// </remarks>
/// <param name="generator">G, whose images do not touch one another.</param>
/// <param name="options">How.</param>
public sealed class GeneratorInversion(ILatentGenerator generator, InversionOptions options)
{
    private const double RedrawnBeyond = 3;
    private const double Tolerance = 1.05; // of the error, for a corrected vector
    private const int StopWindow = 200;
    private const double StopChange = 1e-4;
    private const int CurveStride = 20;

    private static readonly Dictionary<string, double> NoValues = [];

    private int Runs => options.Restarts + (options.CorrectionIterations > 0 ? 1 : 0);

    /// <summary>Inverts images; the result of each depends on the seed and its place among them, not on the batch.</summary>
    /// <param name="images">Images of the generator's shape, with labels if it knows classes.</param>
    /// <param name="seed">Of the starts.</param>
    /// <param name="start">[N, nz] a first start for each, such as an encoder gives; drawn if null.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="InputException">Shapes differ, or labels are missing.</exception>
    public InversionResult Invert(ImageSet images, ulong seed, FeatureMatrix? start = null, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (images.Shape != generator.Shape) throw new InputException($"the images are {images.Shape}, and the model makes {generator.Shape}; bring them to its size and colours");
        if (start is not null && (start.Count != images.Count || start.Dimension != generator.LatentSize))
            throw new ArgumentException($"{start.Count} starts of {start.Dimension} entries for {images.Count} images of {generator.LatentSize}", nameof(start));
        FeatureMatrix[] starts = [.. Enumerable.Range(0, Runs).Select(run => run == 0 && start is not null ? start : Starts(images, Seed.Derive(seed, "start", run)))];
        var latents = new float[images.Count * generator.LatentSize];
        var errors = new double[images.Count];
        var curve = new SortedDictionary<int, double>();
        var corrected = 0;
        using var data = new ImageTensors(images, PixelRange.SignedUnit, generator.Device);
        for (var first = 0; first < images.Count; first += options.BatchSize)
        {
            using var scope = new TensorScope();
            var count = Math.Min(options.BatchSize, images.Count - first);
            var descent = new Descent(generator, options, data.Images(first, count), LatentImages.Classes(generator, images.Labels, first, count), run => Tell(first, count, run));
            var best = descent.Run(Start(0), options.Iterations, (iteration, loss) => curve[iteration] = curve.GetValueOrDefault(iteration) + (loss * count / images.Count));
            for (var run = 1; run < options.Restarts; run++) best = best.OrBetter(descent.Run(Start(run), options.Iterations), tolerance: 1, out _);
            if (options.CorrectionIterations > 0)
            {
                var from = Correct(best.Latents, Start(options.Restarts), options.Prior);
                best = best.OrBetter(descent.Run(from, options.CorrectionIterations), Tolerance, out var replaced);
                corrected += replaced;
            }
            best.Latents.ToArray<float>().CopyTo(latents, (long)first * generator.LatentSize);
            Array.ConvertAll(best.Errors.ToArray<float>(), error => (double)error).CopyTo(errors, first);

            Tensor Start(int run) => LatentImages.Rows(starts[run], first, count, generator.Device);
        }
        return new InversionResult(new FeatureMatrix(latents, images.Count, generator.LatentSize), errors, corrected, [.. curve.Select(point => (point.Key, point.Value))]);

        void Tell(int first, int count, int runs)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StageProgress("inversion", "images", ((long)first * Runs) + ((long)count * runs), (long)images.Count * Runs, NoValues));
        }
    }

    private FeatureMatrix Starts(ImageSet images, ulong seed) =>
        LatentImages.Draw(generator, generator.ClassNames.Count == 0 ? null : images.Labels ?? new int[images.Count], images.Count, seed);

    /// <summary>Entries beyond ±3 from fresh draws, and the length that the prior has: √nz, or √(nz/3) where entries are uniform in [-1, 1].</summary>
    private static Tensor Correct(Tensor z, Tensor fresh, LatentPrior prior)
    {
        using var noGrad = Autograd.NoGrad();
        var redrawn = Tensor.Where(z.Abs().Gt(RedrawnBeyond), fresh, z);
        var length = Math.Sqrt(z.Size(1) * (prior == LatentPrior.Uniform ? 1.0 / 3 : 1));
        return redrawn * (length / redrawn.Norm([1], keepDim: true).Clamp(min: float.Epsilon));
    }

    /// <summary>Gradient descent for one batch of images.</summary>
    private sealed class Descent(ILatentGenerator generator, InversionOptions options, Tensor x, Tensor? labels, Action<int> tell)
    {
        private int runs;

        /// <summary>Descends from given latent vectors.</summary>
        /// <param name="from">[B, nz].</param>
        /// <param name="iterations">Steps at most.</param>
        /// <param name="record">Told iterations done and the mean loss of an image, now and then.</param>
        public Found Run(Tensor from, int iterations, Action<int, double>? record = null)
        {
            using var scope = new TensorScope();
            var z = from.Detach().Clone();
            if (options.Prior == LatentPrior.Uniform) Project(z);
            z.RequiresGrad = true;
            using var optimizer = Optimizer(z);
            var falls = LearningRateFactor.Cosine(iterations);
            var best = Found.None(z);
            // Each image stops by its own loss: what others of the batch still gain, or have gained, must not decide it.
            var moving = Tensor.Ones([z.Size(0)], DType.Bool, z.Device); // [B]
            var lossBefore = Tensor.Full([z.Size(0)], double.PositiveInfinity, device: z.Device); // [B]
            for (var i = 0; i < iterations; i++)
            {
                using var inside = new TensorScope();
                var objective = Objective(z); // [B]
                if (!options.AsPublished) best.Note(objective.Detach(), z.Detach(), moving);
                if (i % CurveStride == 0)
                {
                    tell(runs);
                    record?.Invoke(i, objective.Mean().Item<float>());
                }
                if (i % StopWindow == 0 && !options.AsPublished)
                {
                    var loss = objective.Detach();
                    moving.CopyFrom(moving.LogicalAnd((lossBefore - loss).Abs().Ge(StopChange * loss.Abs())));
                    if (!moving.Any().Item<bool>()) break;
                    lossBefore.CopyFrom(loss);
                }
                optimizer.LearningRate = options.LearningRate * (options.AsPublished ? 1 : falls(i));
                optimizer.ZeroGrad();
                (options.AsPublished ? objective.Mean() : objective.Sum()).Backward();
                optimizer.Step();
                if (options.Prior == LatentPrior.Uniform) Project(z);
            }
            tell(++runs);
            using var noGrad = Autograd.NoGrad();
            var last = Objective(z.Detach());
            record?.Invoke(iterations, last.Mean().Item<float>());
            if (options.AsPublished) best = Found.None(z);
            best.Note(last, z.Detach(), moving);
            var errors = IsPlain ? best.Objectives.Clone() : MeanSquares(best.Latents);
            return new Found(scope.Keep(best.Latents), scope.Keep(best.Objectives), scope.Keep(errors));
        }

        /// <summary>Whether the loss is the squared error itself.</summary>
        private bool IsPlain => options.Reconstruction == ReconstructionLoss.Mse && (options.Alpha == 0 || options.Prior == LatentPrior.Uniform);

        private Optimizer Optimizer(Tensor z) => options.Optimiser == InversionOptimiser.Adam
            ? new Adam([z], options.LearningRate)
            : new RmsProp([z], options.LearningRate);

        private Tensor MeanSquares(Tensor z) => (generator.Forward(z, labels) - x).Square().Mean([1, 2, 3]); // [B]

        private Tensor Objective(Tensor z)
        {
            var reconstruction = options.Reconstruction == ReconstructionLoss.Mse ? MeanSquares(z) : CrossEntropy(z);
            if (options.Alpha == 0 || options.Prior == LatentPrior.Uniform) return reconstruction;
            var negativeLogPrior = (0.5 * z.Square().Mean([1])) + (0.5 * Math.Log(2 * Math.PI));
            return reconstruction + (options.Alpha * negativeLogPrior);
        }

        private Tensor CrossEntropy(Tensor z)
        {
            const double margin = 1e-4; // the logarithm of a black pixel stays finite
            var p = (generator.Forward(z, labels) + 1) * 0.5;
            var clamped = p.Clamp(margin, 1 - margin);
            var target = (x + 1) * 0.5;
            return -((target * clamped.Log()) + ((1 - target) * (1 - clamped).Log())).Mean([1, 2, 3]);
        }

        private static void Project(Tensor z)
        {
            using var noGrad = Autograd.NoGrad();
            z.ClampInPlace(-1, 1);
        }
    }

    /// <summary>The best latent vectors so far, [B, nz], with the loss and the squared error of each, [B].</summary>
    private sealed record Found(Tensor Latents, Tensor Objectives, Tensor Errors)
    {
        /// <summary>None yet.</summary>
        public static Found None(Tensor z)
        {
            var nothing = Tensor.Full([z.Size(0)], double.PositiveInfinity, device: z.Device);
            return new Found(z.Detach().Clone(), nothing, nothing);
        }

        /// <summary>Takes over the vectors of images that still move [B] and whose loss is lower, in place.</summary>
        public void Note(Tensor objectives, Tensor latents, Tensor moving)
        {
            using var noGrad = Autograd.NoGrad();
            var better = objectives.Lt(Objectives).LogicalAnd(moving);
            Latents.CopyFrom(Tensor.Where(better.Unsqueeze(1), latents, Latents));
            Objectives.CopyFrom(Tensor.Where(better, objectives, Objectives));
        }

        /// <summary>For each image the other's vector if it is good enough: if its loss is lower, or, with a tolerance above 1, its error is at most so many times this one's.</summary>
        public Found OrBetter(Found other, double tolerance, out int replaced)
        {
            using var noGrad = Autograd.NoGrad();
            var better = tolerance == 1 ? other.Objectives.Lt(Objectives) : other.Errors.Le(Errors * tolerance);
            replaced = (int)better.To(DType.Int64).Sum().Item<long>();
            return new Found(
                Tensor.Where(better.Unsqueeze(1), other.Latents, Latents),
                Tensor.Where(better, other.Objectives, Objectives),
                Tensor.Where(better, other.Errors, Errors));
        }
    }
}
