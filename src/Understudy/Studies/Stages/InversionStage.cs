using System.Globalization;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Inverts generators, and compares them by what comes back of images that they were not trained on and of those that they were.</summary>
internal sealed class InversionStage : SectionStage
{
    public const string Test = "test";
    public const string Members = "members";
    public const string NonMembers = "nonMembers";

    private const int ShownImages = 12;
    private const int Side = 56;

    /// <inheritdoc/>
    public override string Id => "inversion";

    /// <inheritdoc/>
    public override bool IsAsked(Study study) => study.Inversion is not null;

    /// <inheritdoc/>
    protected override ReportSection Make(StageContext context, string folder, IProgress<StageProgress> progress)
    {
        var section = context.Study.Inversion!;
        context.Private.Unaccounted("members, non-members and test images, inverted", "measurement of generators by what they can reconstruct");
        var parts = Parts(context, section.Images);
        var methods = new List<InvertedMethod>();
        foreach (var method in Chosen(context, section))
        {
            var path = Path.Combine(folder, $"{method.Id}.json");
            var alphas = methods.Count == 0 ? section.Alphas : [];
            context.Do(Id, method.Id, path, told =>
            {
                using var synthesizer = (IDisposable)GenerationStage.Load(context, method);
                using var generator = ((ILatentSynthesizer)synthesizer).OpenLatents();
                AtomicFile.WriteText(path, JsonText.Write(InvertedMethod.Make(method.Id, generator, parts, section, alphas, context.Study.Seed, told, context.Cancellation)));
            });
            methods.Add(InvertedMethod.Read(path));
        }
        WritePerImage(Path.Combine(folder, "per-image.csv"), parts, methods);
        var arithmetic = new List<ReportTable>();
        var pictures = new List<ReportPicture>();
        WithFirst(context, methods[0], generator =>
        {
            if (AttributeTransfer.Make(generator, parts[Test], methods[0], section.Attribute) is not { } transfer) return;
            arithmetic.Add(transfer.Table);
            ImageGrid.Write(Path.Combine(folder, "arithmetic.png"), transfer.Images, transfer.Rows, AttributeTransfer.Columns, gap: 2, Scale(transfer.Images));
            pictures.Add(new ReportPicture("arithmetic.png", $"Latent arithmetic in {methods[0].Id}: {section.Attribute} added once and twice", "Rows of one image reconstructed, and with the attribute added once and twice."));
        });
        WriteReconstructions(context, Path.Combine(folder, "reconstructions.png"), parts[Test], methods);
        pictures.Insert(0, new ReportPicture(
            "reconstructions.png", $"Test images, and what comes back of them from {string.Join(", ", methods.Select(method => method.Id))}", "A row of test images above a row of reconstructions for each method."));
        var tables = new InversionTables(parts, context.Splits.Members, methods, section, context.Study.Seed);
        return new ReportSection(Id, "Inversion", InversionText.Paragraphs(section, parts, methods), [.. tables.All(), .. arithmetic], pictures);
    }

    private static List<MethodSection> Chosen(StageContext context, InversionSection section)
    {
        var chosen = context.Study.Methods.Where(method => section.Methods.Count == 0 || section.Methods.Contains(method.Id)).ToList();
        var possible = chosen.Where(method =>
        {
            var synthesizer = GenerationStage.Create(context, method);
            using var owned = synthesizer as IDisposable;
            return synthesizer is ILatentSynthesizer && (!synthesizer.IsConditional || context.Splits.Members.Labels is not null);
        }).ToList();
        if (section.Methods.Count > 0 && possible.Count < chosen.Count)
            throw new InputException($"{chosen.First(method => !possible.Contains(method)).Id} has no latent vectors to look for; leave it out of 'methods' in inversion");
        return possible.Count > 0 ? possible : throw new InputException("no method of the study has latent vectors to look for; add one such as dcgan");
    }

    private static Dictionary<string, ImageSet> Parts(StageContext context, int count) => new()
    {
        [Test] = Some(context.Splits.Test, count, context.Study.Seed),
        [Members] = Some(context.Splits.Members, count, context.Study.Seed),
        [NonMembers] = Some(context.Splits.NonMembers, count, context.Study.Seed),
    };

    private static ImageSet Some(ImageSet images, int count, ulong seed) => images.Count <= count
        ? images
        : images.Subset(new SplitMix64(Seed.Derive(seed, "inverted")).Pick([.. Enumerable.Range(0, images.Count)], count));

    private static void WithFirst(StageContext context, InvertedMethod method, Action<ILatentGenerator> work)
    {
        using var synthesizer = (IDisposable)GenerationStage.Load(context, context.Study.Methods.First(section => section.Id == method.Id));
        using var generator = ((ILatentSynthesizer)synthesizer).OpenLatents();
        work(generator);
    }

    private static void WriteReconstructions(StageContext context, string path, ImageSet test, IReadOnlyList<InvertedMethod> methods)
    {
        var columns = Math.Min(ShownImages, test.Count);
        var first = Enumerable.Range(0, columns).ToArray();
        var rows = new List<ImageSet> { Plain(test.Subset(first)) };
        foreach (var method in methods)
        {
            WithFirst(context, method, generator =>
            {
                var labels = generator.ClassNames.Count == 0 ? null : test.Labels![..columns];
                var found = method.Sets[Test];
                rows.Add(Plain(LatentImages.Decode(generator, new FeatureMatrix(found.Latents[..(columns * found.LatentSize)], columns, found.LatentSize), labels)));
            });
        }
        ImageGrid.Write(path, ImageSet.Concat([.. rows]), rows.Count, columns, gap: 2, Scale(test));
    }

    private static ImageSet Plain(ImageSet images) => new(images.Shape, images.Pixels);

    private static int Scale(ImageSet images) => Math.Max(1, Side / images.Shape.Height);

    private static void WritePerImage(string path, IReadOnlyDictionary<string, ImageSet> parts, IReadOnlyList<InvertedMethod> methods) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("method,part,image,class,mse,norm");
        foreach (var method in methods)
        {
            foreach (var (part, images) in parts)
            {
                var found = method.Sets[part];
                for (var i = 0; i < images.Count; i++)
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method.Id},{part},{i},{InversionTables.ClassOf(images, i)},{found.Errors[i]:R},{found.Norms[i]:R}"));
            }
        }
    });
}
