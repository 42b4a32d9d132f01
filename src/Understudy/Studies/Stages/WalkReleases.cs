using Understudy.Data;
using Understudy.Sampling;
using Understudy.Sampling.Walk;

namespace Understudy.Studies.Stages;

/// <summary>What might be released from one latent space; each is made once.</summary>
/// <param name="context">The run.</param>
/// <param name="models">Generator, classifiers and latent vectors.</param>
/// <param name="section">How many images, which k, and how to walk.</param>
/// <param name="folder">Where the releases are kept.</param>
internal sealed class WalkReleases(StageContext context, WalkModels models, WalkSection section, string folder)
{
    public const string Real = "real";
    public const string Samples = "samples";
    public const string Linear = "linear";
    public const string Plan = "PLAN";

    private readonly Lazy<WalkPairs> _draws = new(() =>
    {
        var paths = Paths(Wanted(context, section), section.Points);
        var ends = models.Draws(2 * paths);
        ends.RequireApart(models.Inverted(section.Inversion).Matrix());
        return ends.Pairs(paths, context.Study.Seed);
    });

    private int Count => Wanted(context, section);

    /// <summary>The releases by name, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Names => [Real, Samples, Linear, Plan, .. section.K.Order().SelectMany(k => new[] { KSameName(k), $"{KSameName(k)} + {Plan}" })];

    /// <summary>Straight walks between draws, and the same bent by PLAN.</summary>
    public (LatentPaths Straight, PlanResult Bent) Walks() => (LinearWalk.Between(_draws.Value, section.Points), models.Plan("plan", _draws.Value, section));

    /// <summary>The images of a release.</summary>
    public ImageSet Images(string name)
    {
        // All of them: they are what the attacks ask for.
        if (name == Real) return Plain(context.Splits.Members);
        var path = Path.Combine(folder, $"release-{name.Replace(' ', '-').Replace('=', '-')}.npz");
        if (!File.Exists(path)) NpzFile.Write(Make(name), path);
        return NpzFile.Read(path).Train;
    }

    private ImageSet Make(string name)
    {
        if (name == Samples)
        {
            var draws = models.Draws(Count);
            return LatentImages.Decode(models.Generator, draws.Latents, [.. draws.Labels], context.Splits.Members.ClassNames);
        }
        if (name == Linear) return First(Walks().Straight.Interior(models.Generator));
        if (name == Plan) return First(Walks().Bent.Paths.Interior(models.Generator));
        var k = section.K.First(k => name == KSameName(k) || name == $"{KSameName(k)} + {Plan}");
        var ends = models.Centroids(k, section.Inversion);
        var means = LatentImages.Decode(models.Generator, ends.Latents, [.. ends.Labels], context.Splits.Members.ClassNames);
        if (name == KSameName(k) || means.Count >= Count) return means;
        // The means are released as they are, and walks between them make up the number.
        var pairs = ends.Pairs(Paths(Count - means.Count, section.Points), context.Study.Seed);
        return First(ImageSet.Concat(means, models.Plan($"plan-k{k}", pairs, section).Paths.Interior(models.Generator)));
    }

    private ImageSet First(ImageSet images)
    {
        var plain = Plain(images);
        return plain.Count <= Count ? plain : plain.Subset([.. Enumerable.Range(0, Count)]);
    }

    /// <summary>Without groups, which no synthetic image has.</summary>
    private static ImageSet Plain(ImageSet images) => new(images.Shape, images.Pixels, images.Labels, images.ClassNames);

    private static string KSameName(int k) => $"k-same k={k}";

    private static int Wanted(StageContext context, WalkSection section) => section.Images is 0 ? context.Splits.Members.Count : section.Images;

    private static int Paths(int images, int points) => (images + points - 3) / (points - 2);
}
