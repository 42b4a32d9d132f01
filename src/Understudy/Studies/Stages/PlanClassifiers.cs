using Understudy.Classification;
using Understudy.Data;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>What PLAN asks along its walks: who is shown, and which class. Both learn from the members themselves and are never released.</summary>
internal sealed class PlanClassifiers : IDisposable
{
    /// <summary>Stage and folder of what several data sets share.</summary>
    public const string Name = "identities";

    /// <summary>The file that is there when they are trained.</summary>
    public const string ResultName = "identities.json";

    private PlanClassifiers(IdentityClassifier identity, DownstreamClassifier task) => (Identity, Task) = (identity, task);

    /// <summary>φ_id.</summary>
    public IdentityClassifier Identity { get; }

    /// <summary>φ_class.</summary>
    public DownstreamClassifier Task { get; }

    /// <summary>The name of those that the data sets of a sampler share, over all methods of a seed.</summary>
    public static string Subject(SamplerSection sampler, ulong seed) => $"{sampler.Id}~{Name}~s{seed}";

    /// <summary>Trains them, or reads them from a folder where they were trained.</summary>
    /// <param name="members">The members, with their classes.</param>
    /// <param name="section">How.</param>
    /// <param name="context">Where, and from which seed.</param>
    /// <exception cref="InputException">The members have no classes.</exception>
    public static PlanClassifiers Train(ImageSet members, PlanSection section, FitContext context)
    {
        if (members.Labels is null) throw new InputException("a walk by PLAN is of one class, and the images have no labels; give labelled data, or leave 'plan' out");
        var identity = IdentityClassifier.Train(members, IdentityNetwork.Residual, section.Identity, Within(context, "identity"));
        return new PlanClassifiers(identity, DownstreamClassifier.Train("task", members, new ClassifierOptions { Steps = section.ClassifierSteps }, Within(context, "task")));
    }

    /// <summary>Copies trained ones, which read from their folder while they open it for more training: each user needs a folder of its own.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public void Dispose()
    {
        Identity.Dispose();
        Task.Dispose();
    }

    private static FitContext Within(FitContext context, string name) =>
        context with { Directory = Directory.CreateDirectory(Path.Combine(context.Directory, name)).FullName, Seed = Seed.Derive(context.Seed, $"{Name} {name}") };
}
