using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Sampling.Inversion;
using Understudy.Sampling.Walk;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>What walks in one method's latent space need: the generator, the classifiers of identity and of the task, and the members' latent vectors.</summary>
internal sealed class WalkModels : IDisposable
{
    // Images that come back worst stand for others than themselves, and are in no group.
    private const double GroupedShare = 0.95;

    private readonly StageContext context;
    private readonly Synthesizer synthesizer;
    private readonly string folder;
    private readonly DownstreamClassifier task;
    private readonly IdentityClassifier identity;

    private WalkModels(StageContext context, MethodSection method, IdentityOptions options, IProgress<StageProgress>? progress)
    {
        this.context = context;
        folder = context.Run.Section(WalkStage.Name, method.Id);
        var seed = Seed.Derive(context.Study.Seed, "walk");
        task = DownstreamClassifier.Train("task", Members, new ClassifierOptions { Steps = context.Study.Classification.Steps }, Fit("task", seed, progress));
        identity = IdentityClassifier.Train(Members, IdentityNetwork.Residual, options, Fit("identity", seed, progress));
        synthesizer = GenerationStage.Load(context, method);
        Generator = ((ILatentSynthesizer)synthesizer).OpenLatents();
    }

    /// <summary>G.</summary>
    public ILatentGenerator Generator { get; }

    /// <summary>Share of the training images that PLAN's identity classifier knows.</summary>
    public double IdentityAccuracy => identity.TrainingAccuracy;

    private ImageSet Members => context.Splits.Members;

    /// <summary>Trains the classifiers, or reads them; the generator must be fitted.</summary>
    /// <exception cref="InputException">The images have no labels, or the method has no latent vectors.</exception>
    public static WalkModels Open(StageContext context, string? id, IdentityOptions options, IProgress<StageProgress>? progress)
    {
        if (context.Splits.Members.Labels is null) throw new InputException("a walk is of one class, and the images have no labels; give labelled data");
        var method = context.Study.Methods.FirstOrDefault(method => id is null ? IsWalkable(context, method) : method.Id == id)
            ?? throw new InputException(id is null ? "no method of the study has latent vectors to walk between; add one such as stylegan" : $"the study has no method '{id}'{NearestName.Hint(id, [.. context.Study.Methods.Select(method => method.Id)])}");
        if (!IsWalkable(context, method)) throw new InputException($"{method.Id} has no latent vectors to walk between; choose a method such as stylegan");
        context.Private.Unaccounted("members, in classifiers of identity and of the task, and inverted", "a walk that avoids identities");
        return new WalkModels(context, method, options, progress);
    }

    /// <summary>Draws of the generator, none of them the latent vector of a member where these are known.</summary>
    public EndPoints Draws(int count) => EndPoints.Draws(Generator, task.Logits, count, Members.ClassNames, context.Study.Seed);

    /// <summary>Means of groups of k members.</summary>
    public EndPoints Centroids(int k, InversionOptions options)
    {
        var (kept, latents) = Grouped(options);
        return EndPoints.Centroids(Members.Subset(kept), latents, k);
    }

    /// <summary>The members' latent vectors, all of them.</summary>
    public InvertedSet Inverted(InversionOptions options)
    {
        var path = Path.Combine(folder, "inverted.json");
        context.Do(WalkStage.Name, "inversion of members", path, progress => AtomicFile.WriteText(path, JsonText.Write(InvertedSet.Of(
            new GeneratorInversion(Generator, options).Invert(Members, context.Study.Seed, progress: progress, cancellation: context.Cancellation)))));
        return JsonText.Read<InvertedSet>(path);
    }

    /// <summary>Walks by PLAN; done once for each name.</summary>
    public PlanResult Plan(string name, WalkPairs pairs, WalkOptions options)
    {
        var path = Path.Combine(folder, $"{name}.json");
        context.Do(WalkStage.Name, name, path, progress => AtomicFile.WriteText(path, JsonText.Write(Walk(pairs, options, progress))));
        return JsonText.Read<PlanResult>(path);
    }

    /// <summary>Walks by PLAN.</summary>
    public PlanResult Walk(WalkPairs pairs, WalkOptions options, IProgress<StageProgress>? progress) =>
        new PlanWalk(Generator, identity.Logits, task.Logits, options).Walk(pairs, progress, context.Cancellation);

    public void Dispose()
    {
        Generator.Dispose();
        (synthesizer as IDisposable)?.Dispose();
        identity.Dispose();
        task.Dispose();
    }

    private static bool IsWalkable(StageContext context, MethodSection method)
    {
        var unfitted = GenerationStage.Create(context, method);
        using var owned = unfitted as IDisposable;
        return unfitted is ILatentSynthesizer;
    }

    private (int[] Kept, FeatureMatrix Latents) Grouped(InversionOptions options)
    {
        var inverted = Inverted(options);
        int[] kept = [.. Enumerable.Range(0, Members.Count).OrderBy(i => inverted.Errors[i]).Take((int)Math.Ceiling(GroupedShare * Members.Count)).Order()];
        var all = inverted.Matrix();
        return (kept, new FeatureMatrix([.. kept.SelectMany(i => all.Row(i).ToArray())], kept.Length, all.Dimension));
    }

    private FitContext Fit(string name, ulong seed, IProgress<StageProgress>? progress) =>
        new(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, seed, progress, context.Cancellation);
}
