using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation.Embedding;

/// <summary>What all methods share whose generator is trained until the means of its images' features, class by class, are those of the records.</summary>
public abstract class MeanEmbeddingSynthesizer : GeneratorSynthesizer
{
    private readonly MeanEmbeddingOptions options;
    private readonly long[] labels; // [B] of a step's images, the classes in turn

    /// <summary>Checks what options and data ask of each other.</summary>
    /// <param name="options">What the study said.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="classNames">Names of the classes; empty where images have no labels.</param>
    /// <exception cref="InputException">A batch has fewer images than there are classes.</exception>
    private protected MeanEmbeddingSynthesizer(MeanEmbeddingOptions options, ImageShape shape, IReadOnlyList<string> classNames)
        : base(shape, classNames, options.LatentSize)
    {
        if (options.BatchSize < classNames.Count)
            throw new InputException($"'batchSize' is {options.BatchSize}, and there are {classNames.Count} classes: a step draws images of each; give at least {classNames.Count}");
        this.options = options;
        labels = [.. Enumerable.Range(0, options.BatchSize).Select(i => (long)(i % Rows))];
    }

    /// <inheritdoc/>
    public sealed override bool IsConditional => ClassCount > 0;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<float>? ClassShares => Shares;

    /// <inheritdoc/>
    public sealed override void Save(string directory)
    {
        base.Save(directory);
        ClassSharesFile.Write(directory, Shares);
    }

    /// <inheritdoc/>
    public sealed override void Load(string directory)
    {
        base.Load(directory);
        Shares = ClassSharesFile.Read(directory);
    }

    /// <inheritdoc/>
    protected sealed override PixelRange Range => PixelRange.Unit;

    /// <summary>[K] shares of the classes, once they are learnt.</summary>
    private protected float[]? Shares { get; set; }

    /// <summary>K, or 1 where images have no labels.</summary>
    private protected int Rows => Math.Max(1, ClassCount);

    /// <inheritdoc/>
    protected sealed override Module BuildGenerator() => MerfGenerator.Build(options.LatentSize + ClassCount, Shape, options.Width);

    /// <summary>The means [K, D] of the features of images that G draws now.</summary>
    private protected Tensor DrawnMeans(IFeatureMap features)
    {
        var classes = Tensor.From(labels).To(Device).OneHot(Rows).To(DType.Float32); // [B, K]
        var images = Generator.Forward(GeneratorInput(labels.Length, ClassCount > 0 ? labels : null));
        return features.Sums(images, classes / classes.Sum([0]));
    }

    /// <summary>Trains G.</summary>
    /// <param name="context">Where and how it runs.</param>
    /// <param name="state">What training changes besides G and its optimiser.</param>
    /// <param name="lossOf">The loss of a step, or null if no step can be done any more.</param>
    /// <returns>Steps done.</returns>
    private protected long Train(FitContext context, IReadOnlyDictionary<string, StateDictionary> state, Func<long, Tensor?> lossOf)
    {
        using var optimizer = new Adam(Generator.Parameters, options.LearningRate);
        return new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = options.CheckpointEvery,
            Seed = context.Seed,
            LossNames = ["embedding"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary>(state) { ["generator"] = Generator.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
            Step = step =>
            {
                if (lossOf(step) is not { } loss) return null;
                optimizer.LearningRate = options.LearningRate * LearningRateFactor.Cosine(options.Steps)(step);
                optimizer.ZeroGrad();
                loss.Backward();
                optimizer.Step();
                return [loss.Item<float>()];
            },
            AtCheckpoint = step => WriteGrid(context, step),
        }.Run(context.Progress, context.Cancellation);
    }
}
