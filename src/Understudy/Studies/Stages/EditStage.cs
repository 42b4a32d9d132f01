using System.Text.Json;
using Understudy.Classification;
using Understudy.Classification.Probes;
using Understudy.Data;
using Understudy.Data.Attributes;
using Understudy.Generation.Attributes;
using Understudy.Generation.Networks;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Trains a model that edits an attribute, and variants of it without one of the losses; measures edits and what codes give away.</summary>
internal sealed class EditStage : SectionStage
{
    private const int ShownImages = 10;
    private const int GridSide = 56;

    /// <inheritdoc/>
    public override string Id => "edit";

    /// <summary>The folder of a model within the section's.</summary>
    public static string ModelName(EditVariant variant, int repetition) => Path.Combine($"{JsonNamingPolicy.CamelCase.ConvertName(variant.ToString())}-{repetition + 1}", "model");

    /// <inheritdoc/>
    public override bool IsAsked(Study study) => study.Edit is not null;

    /// <inheritdoc/>
    public override void Check(Study study, Splits splits)
    {
        if (study.Edit!.Variants.Count == 0) throw new InputException("'variants' in edit is empty; name at least 'full'");
        if (study.Edit is { Attribute: not null, Measured: not null }) throw new InputException("edit names an attribute to give to images and one to read from them ('measured'); leave one out");
        Sets(study.Edit, splits.Members, splits.Members, study.Seed);
        Backbone.Doublings(splits.Members.Shape);
    }

    /// <inheritdoc/>
    protected override ReportSection Make(StageContext context, string folder, IProgress<StageProgress> progress)
    {
        var section = context.Study.Edit!;
        var seed = context.Study.Seed;
        context.Private.Unaccounted("members and test images, in figures and pictures of edits", "measurement");
        var (members, test) = Sets(section, context.Splits.Members, context.Splits.Test, seed);
        using var evaluation = new EditEvaluation(members, test, section.Attribute, context.Splits.Test);
        evaluation.Train(section.Classifier, folder, seed, context.Cancellation);
        var results = section.Variants.Distinct().ToDictionary(variant => variant, variant => Enumerable.Range(0, section.Repetitions)
            .Select(repetition => Result(context, evaluation, members, variant, repetition, folder, progress)).ToArray());
        return new ReportSection(Id, $"Edits: {members.Names[0]} or {members.Names[1]}", [.. Paragraphs(results, isTossed: section.Attribute is not null)], [Edits(results), Leaks(results), Codes(results)], [.. Pictures(context, folder, test, members.Names)]);
    }

    private static (AttributedSet Members, AttributedSet Test) Sets(EditSection section, ImageSet members, ImageSet test, ulong seed) => section.Measured is { } measured
        ? MeasuredAttributes.Of(members, test, measured)
        : (AttributedSet.Of(members, section.Attribute, Seed.Derive(seed, "attribute of members")), AttributedSet.Of(test, section.Attribute, Seed.Derive(seed, "attribute of test images")));

    private static EditResult Result(
        StageContext context, EditEvaluation evaluation, AttributedSet members, EditVariant variant, int repetition, string folder, IProgress<StageProgress> progress)
    {
        var section = context.Study.Edit!;
        var model = Path.Combine(folder, ModelName(variant, repetition));
        var place = Directory.CreateDirectory(Path.GetDirectoryName(model)!).FullName;
        var path = Path.Combine(place, "result.json");
        if (File.Exists(path)) return JsonText.Read<EditResult>(path);
        var seed = Seed.Derive(context.Study.Seed, "edit", repetition);
        var options = Options(section.Model, variant);
        using var editor = new IfcVaeGan(options, members.Images.Shape, members.Names);
        editor.Fit(context.Private.Members($"edit-{Path.GetFileName(place)}", members.ByValue), new FitContext(place, seed, progress, context.Cancellation));
        new EditorFile(members.Images.Shape, members.Names, options).Write(editor, Directory.CreateDirectory(model).FullName);
        var result = evaluation.Measure(editor, section.Classifier, place, seed, context.Cancellation);
        AtomicFile.WriteText(path, JsonText.Write(result));
        return result;
    }

    private static IfcVaeGanOptions Options(IfcVaeGanOptions options, EditVariant variant) => variant switch
    {
        EditVariant.WithoutGamma => options with { Gamma = 0 },
        EditVariant.WithoutBeta => options with { Beta = 0 },
        EditVariant.WithoutDelta => options with { Delta = 0 },
        _ => options,
    };

    private static ReportTable Edits(Dictionary<EditVariant, EditResult[]> results) => new(
        "edits", "Edits of test images.",
        ["Model", "MSE of Dec([ŷ, z])", "MSE of Dec([y, z])", "Accuracy of ŷ", "Edit success, balanced", "Edit success, flipped", "Class kept, flipped", "Class kept, true images", "MSE of the edit to the true image"],
        [.. results.Select(row => (ReportCell[])[Name(row.Key),
            Cell(row.Value, r => r.ErrorOfReconstruction), Cell(row.Value, r => r.ErrorWithTruth), Cell(row.Value, r => r.AttributeAccuracy), Cell(row.Value, r => r.Balanced),
            Cell(row.Value, r => r.Flipped), Cell(row.Value, r => r.Agreement), Cell(row.Value, r => r.TrueAgreement), Cell(row.Value, r => r.ErrorOfEdit)])]);

    private static ReportTable Leaks(Dictionary<EditVariant, EditResult[]> results)
    {
        var probes = results.Values.First()[0].Probes;
        return new ReportTable(
            "leaks",
            FormattableString.Invariant($"Share of test images whose attribute an attacker names who was trained anew on {probes[0].TrainingRecords} codes or images; always naming the commoner value reaches {probes[0].MajorityRate:0.000}. What codes say of it at least, in nats, by the best attacker."),
            ["Model and what is read", .. probes.Select(probe => Capital(probe.Name)), "Network for images", "Nats"],
            [.. results.SelectMany(row => new[]
            {
                OfCodes($"{Name(row.Key)}: z", row.Value, result => result.Probes),
                OfCodes($"{Name(row.Key)}: μ", row.Value, result => result.ProbesOfMeans),
                OfImages($"{Name(row.Key)}: Dec([0, μ])", Cell(row.Value, result => result.OnConstant)),
            }).Append(OfImages("real images", ReportCell.Of(results.Values.First()[0].OnReal)))]);

        static ReportCell[] OfCodes(string name, EditResult[] repeated, Func<EditResult, IReadOnlyList<ProbeResult>> of) =>
            [name, .. of(repeated[0]).Select((_, p) => Cell(repeated, result => of(result)[p].Accuracy)), "–", Cell(repeated, result => of(result).Max(probe => probe.Information))];

        ReportCell[] OfImages(string name, ReportCell cell) => [name, .. probes.Select(_ => (ReportCell)"–"), cell, "–"];
    }

    private static ReportTable Codes(Dictionary<EditVariant, EditResult[]> results) => new(
        "codes", "Codes of test images beside the prior, whose mean is 0 and whose deviation 1: a deviation near 0 hides the attribute by hiding everything.",
        ["Model", "Mean of μ", "S.d. of μ"],
        [.. results.Select(row => (ReportCell[])[Name(row.Key), Cell(row.Value, r => r.MeanOfCodes), Cell(row.Value, r => r.DeviationOfCodes)])]);

    private static IEnumerable<string> Paragraphs(Dictionary<EditVariant, EditResult[]> results, bool isTossed)
    {
        yield return "An image becomes an attribute and a code; the edit decodes the code with the attribute forced. 'Flipped' counts only images that did not have the value before: an edit to the value that "
            + "an image has already succeeds by doing nothing. No image is mirrored, turned or cropped in training.";
        if (!isTossed)
            yield return "The attribute is the data's own. What goes with it in the data (another property that says the same) stays in the code, and an attacker may infer the attribute from it.";
        var (first, majority) = (results.First(), results.First().Value[0].Probes[0].MajorityRate);
        foreach (var (what, probes) in new[] { ("codes z", first.Value.Select(r => r.Probes)), ("means μ, which edits decode,", first.Value.Select(r => r.ProbesOfMeans)) })
        {
            var best = probes.Average(attackers => attackers.Max(attacker => attacker.Accuracy.Value));
            yield return FormattableString.Invariant($"The best attacker on the {what} of the model {Name(first.Key)} names the attribute of {best:0.000} of the images; always naming the commoner value reaches {majority:0.000}.")
                + (best > majority + 0.03 ? " They still tell the attribute: do not release them as if it were removed." : " That is within 3 points. Other attackers may do better.");
        }
    }

    private static IEnumerable<ReportPicture> Pictures(StageContext context, string folder, AttributedSet test, IReadOnlyList<string> names)
    {
        var shown = test.Images.Subset([.. Enumerable.Range(0, Math.Min(ShownImages, test.Images.Count))]);
        foreach (var variant in context.Study.Edit!.Variants.Distinct())
        {
            var (_, editor) = EditorFile.Open(Path.Combine(folder, ModelName(variant, 0)));
            using (editor)
            {
                ImageSet[] rows = [shown, editor.Edit(shown, null), editor.Edit(shown, 0), editor.Edit(shown, 1)];
                var file = $"edits-{JsonNamingPolicy.CamelCase.ConvertName(variant.ToString())}.png";
                var grid = ImageSet.Concat([.. rows.Select(row => new ImageSet(row.Shape, row.Pixels))]);
                ImageGrid.Write(Path.Combine(folder, file), grid, rows.Length, shown.Count, gap: 2, Math.Max(1, GridSide / grid.Shape.Height));
                yield return new ReportPicture(file, $"{Name(variant)}: test images, reconstructions, edited to {names[0]}, edited to {names[1]}", $"Test images above their edits by {Name(variant)}.");
                if (variant != EditVariant.Full) continue;
                var samples = editor.Sample(2 * ShownImages, context.Study.Seed, [.. Enumerable.Range(0, 2 * ShownImages).Select(i => i / ShownImages)]);
                ImageGrid.Write(Path.Combine(folder, "samples.png"), samples, 2, ShownImages, gap: 2, Math.Max(1, GridSide / samples.Shape.Height));
                yield return new ReportPicture("samples.png", $"Dec([y, z]) of z ~ N(0, I): {names[0]} above {names[1]}", "Synthetic images, a row a value of the attribute.");
            }
        }
    }

    private static string Name(EditVariant variant) => variant switch
    {
        EditVariant.Full => "all losses",
        EditVariant.WithoutGamma => "γ = 0",
        EditVariant.WithoutBeta => "β = 0",
        _ => "δ = 0",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The mean over repetitions with Student's interval, or of a single one its own.</summary>
    private static ReportCell Cell(EditResult[] repeated, Func<EditResult, Metric> figure)
    {
        var mean = Repetitions.Mean(repeated.Select(result => figure(result).Value));
        return mean.Interval is null ? mean with { Interval = figure(repeated[0]).Interval } : mean;
    }

    private static ReportCell Cell(EditResult[] repeated, Func<EditResult, double> figure) => Repetitions.Mean(repeated.Select(figure));
}
