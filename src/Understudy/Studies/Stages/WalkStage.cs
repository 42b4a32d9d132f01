using Understudy.Data;
using Understudy.Generation;
using Understudy.Sampling.Walk;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Makes and measures what may be released from one latent space: straight walks, PLAN, k-same, and both together.</summary>
internal sealed class WalkStage : SectionStage
{
    public const string Name = "walk";
    private const int ShownPaths = 4;
    private const int MeasuredPaths = 40;
    private const int MillisecondsAFrame = 120;
    private const int Side = 84;

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override bool IsAsked(Study study) => study.Walk is not null;

    /// <inheritdoc/>
    public override void Check(Study study, Splits splits)
    {
        if (splits.Members.Labels is null) throw new InputException("a walk is of one class, and the images have no labels; give labelled data, or leave 'walk' out");
    }

    /// <inheritdoc/>
    protected override ReportSection Make(StageContext context, string folder, IProgress<StageProgress> progress)
    {
        var section = context.Study.Walk!;
        using var models = WalkModels.Open(context, section.Method, section.Identity, progress);
        using var measurement = new WalkMeasurement(context, section, folder, progress);
        var releases = new WalkReleases(context, models, section, folder);
        var figures = new List<(string Name, ReleaseFigures Figures)>();
        foreach (var name in releases.Names)
        {
            var path = Path.Combine(folder, $"figures-{name.Replace(' ', '-')}.json");
            context.Do(Name, $"release {name}", path, told => AtomicFile.WriteText(path, JsonText.Write(measurement.Measure(name, releases.Images(name), told))));
            figures.Add((name, JsonText.Read<ReleaseFigures>(path)));
        }
        var (straight, bent) = releases.Walks();
        var distances = WalkDistances.Measure(straight, bent.Paths, models.Generator, measurement, MeasuredPaths);
        var inverted = models.Inverted(section.Inversion);
        return new ReportSection(
            Id, "Walks in the latent space",
            WalkText.Paragraphs(section, models, measurement, bent, inverted),
            [WalkTables.Releases(figures), WalkTables.Distances(figures, measurement.HeldOutToMembers, measurement.JudgeAccuracy), distances.Table],
            WritePictures(folder, straight, bent.Paths, models.Generator));
    }

    /// <summary>Rows of frames, straight above bent, and the same as animations.</summary>
    private static List<ReportPicture> WritePictures(string folder, LatentPaths straight, LatentPaths bent, ILatentGenerator generator)
    {
        var pictures = new List<ReportPicture>();
        for (var p = 0; p < Math.Min(ShownPaths, straight.Count); p++)
        {
            var strip = WalkPicture.Write(folder, $"walk-{p}", [straight.Frames(generator, p), bent.Frames(generator, p)], Side, MillisecondsAFrame);
            var what = $"Walk {p + 1}, class {straight.ClassNames[straight.Labels[p]]}";
            pictures.Add(new ReportPicture(strip.Strip, $"{what}: straight above, PLAN below", "Two rows of images from one end point to the other."));
            pictures.Add(new ReportPicture(strip.Animation, $"{what}, animated: straight at the left, PLAN at the right", "Two images side by side that change along the walk."));
        }
        return pictures;
    }
}
