using Understudy.Classification.Probes;
using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Metrics;

namespace Understudy.Studies.Stages;

/// <summary>What the discriminators of a study's GANs tell of classes: a linear model on their features, and beside it the same on pixels.</summary>
internal static class DiscriminatorFeatures
{
    private const float LargestPixel = byte.MaxValue;

    /// <summary>How to read the table.</summary>
    public const string Meaning =
        "A discriminator learns to tell real images from generated ones; its features are what its score is linear in. A linear model learns classes from the features of members and is tested on those of test images: "
        + "where it is right more often than the same model on pixels, the discriminator has learnt what classes differ in without being told of them (ssgan is told of a few).";

    /// <summary>Measures every method whose discriminator shows features; null where there is none, or where images have no labels.</summary>
    /// <param name="context">The run.</param>
    /// <param name="members">What the linear models learn from.</param>
    /// <param name="test">What they are tested on.</param>
    public static ReportTable? Measure(StageContext context, ImageSet members, ImageSet test)
    {
        if (members.Labels is null || test.Labels is null) return null;
        var rows = new List<ReportCell[]>();
        foreach (var method in context.Study.Methods)
        {
            var synthesizer = GenerationStage.Create(context, method);
            using var freed = synthesizer as IDisposable;
            if (synthesizer is not JudgingGan gan) continue;
            gan.Load(context.Run.Generation(method.Id, GenerationStage.ModelName));
            gan.LoadDiscriminator(context.Run.Generation(method.Id, GenerationStage.DiscriminatorName));
            if (gan.Features(members) is { } features) rows.Add(Row(method.Id, features, gan.Features(test)!));
        }
        if (rows.Count == 0) return null;
        return new ReportTable("features", $"Linear models on features of {members.Count} members, tested on {test.Count} test images.", ["Features", "How many", "Accuracy"],
            [Row("pixels", Pixels(members), Pixels(test)), .. rows]);

        ReportCell[] Row(string name, FeatureMatrix train, FeatureMatrix tested) =>
            [name, train.Dimension, ReportCell.Of(LinearProbe.Accuracy(train, members.Labels, tested, test.Labels, context.Study.Seed))];
    }

    private static FeatureMatrix Pixels(ImageSet images) => new(Array.ConvertAll(images.Pixels, pixel => pixel / LargestPixel), images.Count, images.Shape.Length);
}
