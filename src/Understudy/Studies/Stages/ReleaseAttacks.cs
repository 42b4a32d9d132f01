using Understudy.Attacks;
using Understudy.Attacks.Classifiers;
using Understudy.Attacks.WhiteBox;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Attacks what is released, and nothing else: a data set by its images, networks by what they draw and by themselves, a classifier by its answers.</summary>
/// <param name="context">The run, from the release's seed.</param>
/// <param name="plan">The grid.</param>
internal sealed class ReleaseAttacks(StageContext context, GridPlan plan)
{
    /// <summary>The file that is there when all attacks on a release are.</summary>
    public const string DoneName = "attacks.json";

    /// <summary>Members that a release of images holds.</summary>
    public const string CopiesName = "copies.json";

    /// <summary>What a release tells of a member's class.</summary>
    public const string InferenceName = "inference.json";

    private const double Level = 0.05;

    public void Run(GridRelease release)
    {
        context.Private.Unaccounted("members, non-members and reference images, in figures of attacks", "measurement");
        var folder = context.Run.Attacks(release.Id);
        var names = release.Kind == ReleaseKind.Classifier ? OnClassifier(release, folder) : OnImages(release, folder);
        AtomicFile.WriteText(Path.Combine(folder, DoneName), JsonText.Write(names));
    }

    private string[] OnImages(GridRelease release, string folder)
    {
        var samples = NpzFile.Read(context.Run.Sampling(release.DataSet!.Id, SamplingStage.ResultName)).Train;
        var splits = context.Splits;
        var (members, nonMembers) = Candidates(context);
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, CopiesName), JsonText.Write(MemberCopies.Find(samples, splits.Members.Subset(members), splits.NonMembers.Subset(nonMembers), splits.Members)));
        if (samples.ClassCount > 1)
        {
            WriteInference(folder, AttributeInference.NearestGuesses(samples, splits.Members.Subset(members)), AttributeInference.NearestGuesses(samples, splits.NonMembers.Subset(nonMembers)), samples.Labels!);
        }
        var data = new AttackData(samples, splits.Members, splits.NonMembers, splits.Reference);
        var attacks = new List<(AttackSection Section, Func<AttackSettings, AttackResult> Run)>();
        var model = release.DataSet.Sampler is null && context.Study.Attacks.Any(section => section.IsWhiteBox) ? Model(release) : null;
        using var owned = model as IDisposable;
        foreach (var section in context.Study.Attacks)
        {
            if (!section.IsWhiteBox)
            {
                attacks.Add((section, settings => AttackEvaluation.Run(MembershipAttacks.Get(section.Name).Create(section.Options), data, settings)));
            }
            else if (model is not null && WhiteBoxAttacks.Find(section.Name)!.Create(section.Options) is var attack && attack.Suits(model, HasDiscriminator(release, model)))
            {
                attacks.Add((section, settings => AttackEvaluation.Run(attack, model, splits.Members, splits.NonMembers, settings)));
            }
        }
        foreach (var (section, run) in attacks.Where(attack => !File.Exists(Path.Combine(folder, attack.Section.Id, AttackFiles.ResultName))))
            AttackFiles.Write(run(Settings(attacks.Count, section.Options)), Path.Combine(folder, section.Id));
        return [.. attacks.Select(attack => attack.Section.Id)];
    }

    private static void WriteInference(string folder, SecretGuesses members, SecretGuesses nonMembers, int[] told) =>
        AtomicFile.WriteText(Path.Combine(folder, InferenceName), JsonText.Write(AttributeInference.Measure(members, nonMembers, told)));

    private static int[] Where(bool[] isMember, bool wanted) => [.. isMember.Index().Where(one => one.Item == wanted).Select(one => one.Index)];

    /// <summary>The networks as they are released.</summary>
    private Synthesizer Model(GridRelease release)
    {
        var method = release.DataSet!.Generator.Method;
        var model = GenerationStage.Load(context, method);
        if (release.Kind == ReleaseKind.Networks) ((IJudgesImages)model).LoadDiscriminator(context.Run.Generation(method.Id, GenerationStage.DiscriminatorName));
        return model;
    }

    private static bool HasDiscriminator(GridRelease release, Synthesizer model) => release.Kind == ReleaseKind.Networks || model is IJudgesImages { SavesDiscriminator: true };

    private string[] OnClassifier(GridRelease release, string folder)
    {
        var answers = new GridClassification(context, plan).Answers(release.Classifier!);
        if (answers is null) return [];
        var (target, isMember) = Target(release, answers);
        Directory.CreateDirectory(folder);
        var answered = new Answers(target.Probabilities, target.Labels);
        var (members, nonMembers) = (answered.Of(Where(isMember, true)).Guesses(), answered.Of(Where(isMember, false)).Guesses());
        WriteInference(folder, members, nonMembers, nonMembers.Guessed);
        var scored = target.Attack(context.Study.Seed).ToList();
        if (new ShadowStage(context, plan).Load(release.Classifier!) is var (shadows, population)) scored.AddRange(target.Attack(shadows, population));
        var settings = Settings(scored.Count, null);
        foreach (var (card, scores) in scored) AttackFiles.Write(AttackEvaluation.Measure(card, scores, isMember, settings), Path.Combine(folder, card.Name));
        return [.. scored.Select(attack => attack.Card.Name)];
    }

    /// <summary>The candidates of the membership game, as many members as non-members: the same for every classifier of a seed and for its shadows.</summary>
    public static (int[] Members, int[] NonMembers) Candidates(StageContext context)
    {
        var (members, nonMembers) = (context.Splits.Members.Count, context.Splits.NonMembers.Count);
        var random = new SplitMix64(Seed.Derive(context.Study.Seed, "candidates"));
        var count = Math.Min(members, nonMembers);
        return (random.Pick([.. Enumerable.Range(0, members)], count), random.Pick([.. Enumerable.Range(0, nonMembers)], count));
    }

    private (ReleasedClassifier Target, bool[] IsMember) Target(GridRelease release, ClassifierAnswers answers)
    {
        var (members, nonMembers) = Candidates(context);
        Answers inside = answers.Members.Of(members), outside = answers.NonMembers.Of(nonMembers);
        var reference = context.Splits.Reference;
        var images = ImageSet.Concat(context.Splits.Members.Subset(members), context.Splits.NonMembers.Subset(nonMembers));
        return (
            new ReleasedClassifier(
                Noised([.. inside.Probabilities, .. outside.Probabilities], inside.Classes), [.. inside.Labels, .. outside.Labels], images,
                Noised(answers.Reference.Probabilities, inside.Classes), answers.Reference.Labels, reference),
            [.. members.Select(_ => true), .. nonMembers.Select(_ => false)]);

        float[] Noised(float[] probabilities, int classes) => release.OutputNoise > 0 ? Noise(release).Apply(probabilities, classes) : probabilities;
    }

    /// <summary>The noise of a release's answers.</summary>
    public static OutputNoise Noise(GridRelease release) => new(release.OutputNoise, Seed.Derive(release.Seed, "output secret"));

    /// <summary>
    /// The strongest of several attacks is quoted, so that their bounds and intervals must hold together; and the largest bound of all seeds, where a figure over seeds has an interval of its own.
    /// </summary>
    private AttackSettings Settings(int attacks, AttackOptions? options) => new()
    {
        Seed = context.Study.Seed,
        Delta = options?.Delta ?? context.Study.Privacy.Delta,
        Significance = (options?.Significance ?? Level) / attacks / Math.Max(1, context.Study.Grid!.Seeds.Count),
        ConfidenceLevel = 1 - (Level / attacks),
    };
}
