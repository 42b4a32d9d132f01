using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;

namespace Understudy.Studies.Stages;

/// <summary>Latent arithmetic put to the test: an attribute of one class is added to the images of the others, and measured on what comes out.</summary>
/// <param name="Table">The attribute before and after, class by class.</param>
/// <param name="Images">A row a class: one image, with the attribute added once, and twice.</param>
/// <param name="Rows">Rows of <paramref name="Images"/>.</param>
internal sealed record AttributeTransfer(ReportTable Table, ImageSet Images, int Rows)
{
    public const int Columns = 3;
    private const int Fewest = 6;

    /// <summary>Null where fewer than two classes have enough images.</summary>
    public static AttributeTransfer? Make(ILatentGenerator generator, ImageSet images, InvertedMethod method, string attribute)
    {
        var which = ImageMoments.Names.Index().First(name => name.Item == attribute).Index;
        var found = method.Sets[InversionStage.Test].Matrix();
        var classes = Enumerable.Range(0, images.Count).GroupBy(i => InversionTables.ClassOf(images, i))
            .Where(members => members.Count() >= Fewest).OrderByDescending(members => members.Count()).Select(members => (Name: members.Key, Images: members.ToArray())).ToArray();
        if (classes.Length < 2) return null;
        var (source, from) = classes[0];
        var with = from.OrderByDescending(i => Attribute(images, i)).Take(from.Length / 3).ToArray();
        var direction = LatentArithmetic.Direction(Rows(with), Rows(from));

        var rows = new List<IReadOnlyList<ReportCell>>();
        var shown = new List<ImageSet>();
        foreach (var (name, members) in classes[1..])
        {
            var latents = Rows(members);
            ImageSet before = Decode(latents, members), once = Decode(LatentArithmetic.Add(latents, direction), members), twice = Decode(LatentArithmetic.Add(latents, direction, 2), members);
            var change = SampleSummary.Of([.. members.Select((_, i) => Attribute(once, i) - Attribute(before, i))]);
            rows.Add([name, members.Length, Mean(before), Mean(once), Mean(twice), new ReportCell(change.Mean, change.MeanInterval)]);
            shown.AddRange([before.Subset([0]), once.Subset([0]), twice.Subset([0])]);
        }
        var own = from.Average(i => Attribute(images, i));
        var caption = FormattableString.Invariant(
            $"Latent arithmetic in {method.Id}: z + mean(the third of {source} with most {attribute}) − mean({source}), whose {attribute} are {with.Average(i => Attribute(images, i)):0.000} and {own:0.000}; {attribute} of what is decoded");
        return new AttributeTransfer(
            new ReportTable("arithmetic", caption, ["class", "images, n", "reconstructed", "added once", "added twice", "change, added once"], rows),
            ImageSet.Concat([.. shown.Select(image => new ImageSet(image.Shape, image.Pixels))]), rows.Count);

        double Attribute(ImageSet set, int i) => ImageMoments.Of(set, i).Values[which];

        double Mean(ImageSet set) => Enumerable.Range(0, set.Count).Average(i => Attribute(set, i));

        FeatureMatrix Rows(int[] indices) => new([.. indices.SelectMany(i => found.Row(i).ToArray())], indices.Length, found.Dimension);

        ImageSet Decode(FeatureMatrix latents, int[] members) =>
            LatentImages.Decode(generator, latents, generator.ClassNames.Count == 0 ? null : [.. members.Select(i => images.Labels![i])]);
    }
}
