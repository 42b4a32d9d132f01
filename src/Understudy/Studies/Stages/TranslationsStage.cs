using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Generation.Translation;
using Understudy.Metrics;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Translates the sources of test images by every method that can, and shows pairs of every method that draws two domains.</summary>
internal sealed class TranslationsStage : SectionStage
{
    /// <inheritdoc/>
    public override string Id => "translations";

    /// <inheritdoc/>
    public override bool IsAsked(Study study) => study.Translations is not null;

    /// <inheritdoc/>
    public override void Check(Study study, Splits splits) => ImageTasks.RequireImages(splits.Members.Shape);

    /// <inheritdoc/>
    protected override ReportSection Make(StageContext context, string folder, IProgress<StageProgress> progress)
    {
        var section = context.Study.Translations!;
        context.Private.Unaccounted("test images and the mean of members, in figures of translations", "measurement");
        var test = context.Splits.Test.Spread(section.Images);
        using var classifier = context.Splits.Members.Labels is null ? null : ClassificationStage.Baseline(context, progress);
        var (errors, enlarged, cycles, pictures) = (new List<ReportCell[]>(), new List<ReportCell[]>(), new List<ReportCell[]>(), new List<ReportPicture>());
        foreach (var method in context.Study.Methods)
        {
            var synthesizer = GenerationStage.Create(context, method);
            using var freed = synthesizer as IDisposable;
            if (synthesizer is not (ITranslatesImages or CoGan)) continue;
            synthesizer.Load(context.Run.Generation(method.Id, GenerationStage.ModelName));
            if (synthesizer is CoGan coupled)
            {
                var (first, second) = coupled.SamplePairs(section.Shown, Seed.Derive(context.Study.Seed, "translations"));
                pictures.Add(Picture(folder, method.Id, "the same noise in the first domain and in the second", Painted(first), As(Painted(second), Painted(first).Shape)));
                continue;
            }
            var translator = (ITranslatesImages)synthesizer;
            var sources = translator.SourcesOf(test);
            var translated = translator.Translate(sources);
            errors.Add([method.Id, .. Errors(context, test, translated), classifier is null || test.Labels is null ? "" : Kept(classifier, test, translated)]);
            if (sources.Shape.Height < test.Shape.Height)
                enlarged.AddRange(Enlargements(method.Id, Painted(test), Painted(sources), Painted(translated), (translator as Srgan)?.TranslateBeforeGame(sources) is { } before ? Painted(before) : null));
            pictures.Add(Picture(folder, method.Id, "sources, what was made of them, and the test images they are of",
                As(Painted(sources), Painted(test).Shape).Spread(section.Shown), Painted(translated).Spread(section.Shown), Painted(test).Spread(section.Shown)));
            if (translator is CycleGan cycle)
            {
                var measured = CycleConsistency.Measure(cycle.Translate, cycle.TranslateBack, sources, section.JpegQuality);
                cycles.Add([method.Id, measured.Plain, measured.Compressed]);
            }
        }
        List<ReportTable> tables = [];
        if (errors.Count > 0)
        {
            tables.Add(new ReportTable("errors", "Translations of the sources of test images beside those images; grey levels are 0 to 255.",
                ["Method", "Mean absolute error", "Mean absolute error of the members' mean image", "Difference, image by image", "PSNR in dB", "SSIM", "Class kept"], errors));
        }
        if (enlarged.Count > 0)
        {
            tables.Add(new ReportTable("enlargements", "Low resolutions of test images, enlarged by the method, by what it was before a discriminator joined (squared error alone), and by rules that learn nothing.",
                ["Method", "Enlarged by", "PSNR in dB", "SSIM"], enlarged));
        }
        if (cycles.Count > 0)
            tables.Add(new ReportTable("cycles", "Mean absolute error of a source, in grey levels, after there and back.", ["Method", "As it is", $"With JPEG of quality {section.JpegQuality} in between"], cycles));
        return new ReportSection(Id, "Translations",
            ["A source is made of a test image by a fixed rule and translated. The class is kept where the classifier that was trained on real members calls the translation what the image is. A translator that hides its source in faint noise comes back well until JPEG removes the noise. PSNR is of the mean squared error over all images; errors and SSIM are means over them, or over groups such as patients where the data have any, with Student's interval."],
            tables, pictures);
    }

    /// <summary>Of pairs the images alone are compared: the mask of a translation is the source's own.</summary>
    private static ReportCell[] Errors(StageContext context, ImageSet test, ImageSet translated)
    {
        (test, translated) = (Painted(test), Painted(translated));
        var mean = Mean(Painted(context.Splits.Members));
        var own = MeanAbsoluteErrors(test, (i, p) => translated.Image(i)[p]);
        var ofMean = MeanAbsoluteErrors(test, (_, p) => mean[p]);
        return [Summary(own, test), Summary(ofMean, test), Summary([.. own.Zip(ofMean, (a, b) => a - b)], test), Psnr(test, translated), Ssim(test, translated)];
    }

    private static ImageSet Painted(ImageSet set) => set.Shape.HasMask ? ImagePairs.Images(set) : set;

    private static IEnumerable<ReportCell[]> Enlargements(string id, ImageSet test, ImageSet sources, ImageSet translated, ImageSet? beforeGame)
    {
        yield return Row("the method", translated);
        if (beforeGame is not null) yield return Row("its stage of squared error", beforeGame);
        yield return Row("bicubic", BicubicEnlargement.Of(sources, test.Shape.Height, test.Shape.Width));
        yield return Row("bilinear", sources.Resize(test.Shape.Height, test.Shape.Width));

        ReportCell[] Row(string by, ImageSet images) => [id, by, Psnr(test, images), Ssim(test, images)];
    }

    /// <summary>Of each image, over its pixels.</summary>
    private static double[] MeanAbsoluteErrors(ImageSet test, Func<int, int, double> predicted) =>
        [.. Enumerable.Range(0, test.Count).Select(i => Enumerable.Range(0, test.Shape.Length).Average(p => Math.Abs(test.Image(i)[p] - predicted(i, p))))];

    private static double[] Mean(ImageSet members)
    {
        var mean = new double[members.Shape.Length];
        for (var i = 0; i < members.Pixels.Length; i++) mean[i % mean.Length] += members.Pixels[i] / (double)members.Count;
        return mean;
    }

    private static double Psnr(ImageSet expected, ImageSet actual) => 10 * Math.Log10(255.0 * 255 / Pairwise(expected.Pixels, actual.Pixels, difference => difference * difference));

    private static ReportCell Ssim(ImageSet expected, ImageSet actual) =>
        Summary([.. Enumerable.Range(0, expected.Count).Select(i => StructuralSimilarity.Of(expected.Image(i), actual.Image(i), expected.Shape))], expected);

    /// <summary>Over images, or over groups where the images have any: those of one patient are alike.</summary>
    private static ReportCell Summary(double[] values, ImageSet of)
    {
        var summary = SampleSummary.Of(of.Groups is { } groups ? [.. values.Zip(groups).GroupBy(pair => pair.Second, pair => pair.First).Select(group => group.Average())] : values);
        return new ReportCell(summary.Mean, summary.MeanInterval);
    }

    private static double Pairwise(byte[] expected, byte[] actual, Func<double, double> loss) => expected.Zip(actual, (a, b) => loss(a - b)).Average();

    private static double Kept(DownstreamClassifier classifier, ImageSet test, ImageSet translated) =>
        new Answers(classifier.Probabilities(translated), test.Labels!).Accuracy();

    /// <summary>Images of another size or number of channels, as a picture of that shape can show them: enlarged, and grey as three equal channels.</summary>
    private static ImageSet As(ImageSet set, ImageShape shape)
    {
        set = set.Resize(shape.Height, shape.Width);
        if (set.Shape.Channels == shape.Channels) return set;
        var pixels = new byte[set.Count * shape.Length];
        var plane = shape.Height * shape.Width;
        for (var i = 0; i < pixels.Length; i++) pixels[i] = set.Pixels[(i / shape.Length * plane) + (i % plane)];
        return new ImageSet(shape, pixels);
    }

    private static ReportPicture Picture(string folder, string id, string what, params ImageSet[] rows)
    {
        var plain = Array.ConvertAll(rows, row => new ImageSet(row.Shape, row.Pixels));
        ImageGrid.Write(Path.Combine(folder, $"{id}.png"), ImageSet.Concat(plain), rows.Length, rows[0].Count, scale: 2);
        return new ReportPicture($"{id}.png", $"{id}: {what}.", $"Rows of images by {id}: {what}.");
    }
}
