using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;

namespace Understudy.Studies.Stages;

/// <summary>Draws the synthetic data set of every method, which is what is released, measured and attacked.</summary>
internal sealed class SamplingStage(StageContext context)
{
    public const string Name = "sampling";
    public const string ResultName = "samples.npz";
    public const string GridName = "grid.png";
    private const int GridColumns = 10;
    private const int GridSide = 84;
    private const int TraversalRows = 5;

    public void Run()
    {
        var real = context.Run.Sampling(Label.Real, GridName);
        if (!File.Exists(real))
        {
            context.Private.Unaccounted("some images of the test split, as they are", "a picture beside the synthetic ones");
            WriteGrid(real, context.Splits.Test);
        }
        foreach (var method in context.Study.Methods)
        {
            var result = context.Run.Sampling(method.Id, ResultName);
            context.Do(Name, method.Id, result, _ => Sample(method, result));
        }
    }

    private void Sample(MethodSection method, string result)
    {
        var synthesizer = GenerationStage.Load(context, method);
        using var owned = synthesizer as IDisposable;
        var members = context.Splits.Members;
        var count = context.Study.Sampling.Count is 0 ? context.Private.PublicCount : context.Study.Sampling.Count;
        var labels = synthesizer.IsConditional ? Labels(synthesizer, members, count) : null;
        var samples = synthesizer.Sample(count, context.Study.Seed, labels);
        WriteGrid(context.Run.Sampling(method.Id, GridName), samples);
        if (synthesizer is IReadsCodes coded) WriteTraversals(method.Id, coded);
        NpzFile.Write(samples, result);
    }

    /// <summary>Classes in the shares that the method has learnt under its guarantee; uniform where it has learnt none; those of the members where there is no guarantee to break.</summary>
    private int[]? Labels(Synthesizer synthesizer, ImageSet members, int count)
    {
        if (synthesizer.ClassShares is { } shares) return ClassBalance.Labels([.. shares.Select(share => (double)share)], count);
        if (synthesizer.Card.Guarantee != MethodCard.NoGuarantee || members.Labels is null) return null;
        context.Private.Unaccounted("numbers of members in each class", "to sample classes alike for methods without a guarantee");
        return ClassBalance.Labels(ClassBalance.Shares(members.Labels, members.ClassCount), count);
    }

    private void WriteTraversals(string id, IReadsCodes synthesizer)
    {
        for (var code = 0; code < synthesizer.Codes.Names.Count; code++)
        {
            var (images, columns) = synthesizer.Traverse(code, TraversalRows, GridColumns, context.Study.Seed);
            ImageGrid.Write(context.Run.Sampling(id, $"traversal-{synthesizer.Codes.Names[code]}.png"), images, TraversalRows, columns, gap: 2, Scale(images));
        }
    }

    /// <summary>A row or more of each class, or as many rows where images have no labels.</summary>
    private void WriteGrid(string path, ImageSet images)
    {
        var shown = ClassBalance.Rows(images, context.Splits.Members.ClassCount, GridColumns);
        ImageGrid.Write(path, images.Subset(shown.Order), shown.Rows, shown.Columns, gap: 2, Scale(images));
    }

    /// <summary>How many pixels of a picture stand for one of an image.</summary>
    public static int Scale(ImageSet images) => Math.Max(1, GridSide / images.Shape.Height);
}
