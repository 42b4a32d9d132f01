using Understudy.Data;
using Understudy.Generation;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;
using Understudy.Sampling.Walk;

namespace Understudy.Studies.Stages;

/// <summary>Work in a method's latent space that is asked for by itself, outside a study's sections.</summary>
internal static class LatentTools
{
    public static InvertedImages Invert(StageContext context, string id, string path, string? className, InversionOptions options)
    {
        var method = context.Study.Methods.FirstOrDefault(method => method.Id == id)
            ?? throw new InputException($"the study has no method '{id}'{NearestName.Hint(id, [.. context.Study.Methods.Select(method => method.Id)])}");
        var synthesizer = GenerationStage.Load(context, method);
        using var owned = synthesizer as IDisposable;
        if (synthesizer is not ILatentSynthesizer latent) throw new InputException($"{id} has no latent vectors to look for; choose a method such as dcgan");
        using var generator = latent.OpenLatents();
        var images = ImageData.OpenImages(path, generator.Shape.Height);
        var labels = Labels(images, generator, className);
        var labelled = new ImageSet(images.Shape, images.Pixels, labels, labels is null ? null : generator.ClassNames);
        var result = new GeneratorInversion(generator, options).Invert(labelled, context.Study.Seed, progress: context.Progress, cancellation: context.Cancellation);
        return new InvertedImages(labelled, LatentImages.Decode(generator, result.Latents, labels), result);
    }

    public static IReadOnlyList<WalkedPath> Walk(StageContext context, string? id, int paths, int k, WalkOptions options)
    {
        var section = context.Study.Walk ?? new WalkSection();
        using var models = WalkModels.Open(context, id ?? section.Method, section.Identity, context.Progress);
        // One more than there are classes: two of them are of one class, between which to walk.
        var ends = k == 0 ? models.Draws(Math.Max(2 * paths, context.Splits.Members.ClassCount + 1)) : models.Centroids(k, section.Inversion);
        var pairs = ends.Pairs(paths, context.Study.Seed);
        var straight = LinearWalk.Between(pairs, options.Points);
        var bent = models.Walk(pairs, options, context.Progress).Paths;
        return [.. Enumerable.Range(0, paths).Select(p => new WalkedPath(pairs.ClassNames[pairs.Labels[p]], straight.Frames(models.Generator, p), bent.Frames(models.Generator, p)))];
    }

    private static int[]? Labels(ImageSet images, ILatentGenerator generator, string? className)
    {
        if (generator.ClassNames.Count == 0) return null;
        if (className is not null) return [.. Enumerable.Repeat(Number(className), images.Count)];
        if (images.Labels is null) throw new InputException($"the method draws images of a class, and the images have none; name it with --class: {string.Join(", ", generator.ClassNames)}");
        return Array.ConvertAll(images.Labels, label => Number(images.ClassNames[label]));

        int Number(string name) => generator.ClassNames.Index().Where(known => known.Item == name).Select(known => (int?)known.Index).FirstOrDefault()
            ?? throw new InputException($"the method has no class '{name}'{NearestName.Hint(name, generator.ClassNames)}");
    }
}
