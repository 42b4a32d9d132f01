using Understudy.Data;
using Understudy.Generation;
using Understudy.Sampling.Inversion;
using Understudy.Sampling.Walk;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Draws images as the inner points of walks by PLAN.</summary>
/// <remarks>End points are draws of the generator or means of k inverted members, never one member's latent vector, and are not released themselves.</remarks>
internal sealed class PlanDrawing : IDisposable
{
    private readonly PlanSection _section;
    private readonly ILatentGenerator _generator;
    private readonly ImageSet _members;
    private readonly PlanClassifiers _classifiers;
    private readonly FitContext _context;
    private readonly Lazy<EndPoints> _means;

    private PlanDrawing(PlanSection section, ILatentGenerator generator, ImageSet members, PlanClassifiers classifiers, FitContext context)
    {
        (_section, _generator, _members, _classifiers, _context) = (section, generator, members, classifiers, context);
        _means = new(Means);
    }

    /// <summary>Opens the latent space of a fitted method.</summary>
    /// <exception cref="InputException">It has none.</exception>
    public static PlanDrawing Open(SamplerSection sampler, Synthesizer synthesizer, ImageSet members, Func<PlanClassifiers> classifiers, FitContext context) =>
        synthesizer is ILatentSynthesizer latent
            ? new PlanDrawing(sampler.Plan!, latent.OpenLatents(), members, classifiers(), context)
            : throw new InputException($"sampler '{sampler.Id}' walks by PLAN, and {synthesizer.Card.Name} has no latent vectors to walk between; leave the method or 'plan' out");

    /// <summary>Draws as <see cref="Synthesizer.Sample"/> does, and gives images their walk's class where the method knows none.</summary>
    public ImageSet Draw(int count, ulong seed, int[]? labels)
    {
        if (_generator.ClassNames.Count == 0) return Walked(_section.K is null ? EndPoints.Draws(_generator, _classifiers.Task.Logits, 2 * Paths(count), _members.ClassNames, seed) : _means.Value, count, seed);
        labels ??= [.. Enumerable.Range(0, count).Select(i => i % _generator.ClassNames.Count)];
        var drawn = new List<ImageSet>();
        var places = new Queue<int>[_generator.ClassNames.Count];
        var first = 0;
        foreach (var ofClass in labels.GroupBy(label => label))
        {
            var (label, wanted) = (ofClass.Key, ofClass.Count());
            drawn.Add(Walked(_section.K is null
                ? EndPoints.Draws(_generator, label, 2 * Paths(wanted), _members.ClassNames, Seed.Derive(seed, "class", label))
                : _means.Value.OfClass(label), wanted, Seed.Derive(seed, "class", label)));
            places[label] = new(Enumerable.Range(first, wanted));
            first += wanted;
        }
        return ImageSet.Concat([.. drawn]).Subset([.. labels.Select(label => places[label].Dequeue())]);
    }

    public void Dispose()
    {
        _generator.Dispose();
        _classifiers.Dispose();
    }

    private ImageSet Walked(EndPoints ends, int count, ulong seed)
    {
        var plan = new PlanWalk(_generator, _classifiers.Identity.Logits, _classifiers.Task.Logits, _section);
        var images = plan.Walk(ends.Pairs(Paths(count), seed), _context.Progress, _context.Cancellation).Paths.Interior(_generator);
        return images.Subset([.. Enumerable.Range(0, count)]);
    }

    /// <summary>Means of groups of members' latent vectors, of one class each.</summary>
    private EndPoints Means()
    {
        var latents = new GeneratorInversion(_generator, _section.Inversion).Invert(_members, _context.Seed, progress: _context.Progress, cancellation: _context.Cancellation).Latents;
        return EndPoints.Centroids(_members, latents, _section.K!.Value);
    }

    private int Paths(int images) => (images + _section.Points - 3) / (_section.Points - 2);
}
