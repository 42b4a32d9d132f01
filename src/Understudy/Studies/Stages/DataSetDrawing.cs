using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Sampling;
using Understudy.Studies.Grids;
using Understudy.Torch;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Studies.Stages;

/// <summary>Draws one data set from a fitted method as a sampler says. Whatever reads the members does so by their door, in the data set's own name.</summary>
/// <param name="synthesizer">The fitted method.</param>
/// <param name="sampler">How to draw.</param>
/// <param name="members">The door to the members, in the data set's name.</param>
/// <param name="reference">Real images that no synthesizer has seen.</param>
/// <param name="classifier">Trained on the first draw where samples are rejected by it.</param>
/// <param name="context">Seed, and a folder of its own.</param>
internal sealed class DataSetDrawing(
    Synthesizer synthesizer, SamplerSection sampler, PrivateData<ImageSet> members, ImageSet reference, ClassifierOptions classifier, FitContext context)
{
    private const string VotesName = "votes.pt";
    private const string VotesLabel = "votes for samples";

    // Filters that leave less than a fiftieth are not what anybody wants.
    private const int MostRounds = 50;

    /// <summary>What a data set will ask of the ledger, known before any record is read.</summary>
    public static IReadOnlyList<LedgerPlan> Plans(SamplerSection sampler, LedgerAccount account) =>
        sampler.Voting is { } voting ? [new LedgerPlan(VotesLabel, Mechanism(voting, account).Event, 1)] : [];

    /// <summary>Draws the images.</summary>
    /// <param name="count">How many are wanted.</param>
    /// <exception cref="InputException">The method cannot be sampled so, or the filters leave next to nothing.</exception>
    public ImageSet Draw(int count)
    {
        if (sampler.Truncation is { } t)
        {
            if (synthesizer is not GeneratorSynthesizer generator) throw new InputException($"sampler '{sampler.Id}' truncates noise, and {synthesizer.Card.Name} has none; leave 'truncation' out");
            generator.Truncation = t;
        }
        var wanted = count * (sampler.Voting?.Candidates ?? 1) * (sampler.KSame ?? 1);
        var labels = synthesizer.IsConditional ? Labels(wanted) : null;
        using var judge = sampler.Rejection is { } rejection ? Judge(rejection, wanted, labels) : null;
        using var walks = sampler.Plan is null ? null : Walks();
        Func<int, ulong, int[]?, ImageSet> draw = walks is null ? synthesizer.Sample : walks.Draw;
        var drawn = sampler.Rejection is null && sampler.NearCopies is null ? draw(wanted, context.Seed, labels) : Filtered(draw, judge, wanted, labels);
        if (sampler.Voting is { } voting) drawn = Voted(drawn, voting);
        return sampler.KSame is { } k ? KSame.Average(drawn, k) : drawn;
    }

    /// <summary>Where PLAN's classifiers are trained, or lie trained, within a data set's folder.</summary>
    public static string Identities(string folder) => Path.Combine(folder, PlanClassifiers.Name);

    private PlanDrawing Walks()
    {
        var records = members.OpenUnaccounted("members, in classifiers of identity and of the task, and inverted where walks go between means", "walks that avoid identities");
        return PlanDrawing.Open(sampler, synthesizer, records, () => PlanClassifiers.Train(records, sampler.Plan!, context with { Directory = Identities(context.Directory) }), context);
    }

    private int[]? Labels(int count)
    {
        var mix = sampler.Balance;
        if (mix == ClassMix.Learnt && synthesizer.ClassShares is { } learnt) return ClassBalance.Labels([.. learnt.Select(share => (double)share)], count);
        if (mix == ClassMix.Uniform || (mix == ClassMix.Learnt && synthesizer.Card.Guarantee != MethodCard.NoGuarantee)) return null;
        var records = members.OpenUnaccounted("numbers of members in each class", "to sample classes alike");
        return records.Labels is null ? null : ClassBalance.Labels(ClassBalance.Shares(records.Labels, records.ClassCount), count);
    }

    /// <summary>Draws until so many have passed the filters, class by class where there are classes.</summary>
    private ImageSet Filtered(Func<int, ulong, int[]?, ImageSet> draw, SampleJudge? judge, int wanted, int[]? labels)
    {
        var passed = new List<ImageSet>();
        var missing = labels?.ToList();
        var (kept, tried) = (0, 0);
        for (var round = 0; kept < wanted && round < MostRounds; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var batch = draw(wanted - kept, Seed.Derive(context.Seed, "draw", round), missing is null ? null : [.. missing]);
            tried += batch.Count;
            int[] places = [.. Enumerable.Range(0, batch.Count)];
            if (judge is not null) places = judge.Keep(batch, sampler.Rejection!.Probability);
            if (sampler.NearCopies is { } share)
            {
                var records = members.OpenUnaccounted("members, to drop samples that are nearly copies of one", "a filter that no noise covers");
                places = [.. NearCopyFilter.Keep(batch.Subset(places), records, reference, share).Select(i => places[i])];
            }
            passed.Add(batch.Subset(places));
            kept += places.Length;
            if (missing is null) continue;
            var gone = places.ToHashSet();
            missing = [.. missing.Where((_, i) => !gone.Contains(i))];
        }
        return kept == wanted
            ? ImageSet.Concat([.. passed.Where(set => set.Count > 0)])
            : throw new InputException($"the filters of sampler '{sampler.Id}' leave {kept} of {tried} samples of {synthesizer.Card.Name}; loosen them");
    }

    /// <summary>The candidates that most members are near to, in the shares of the classes that were drawn.</summary>
    private ImageSet Voted(ImageSet candidates, VotingSection voting)
    {
        var path = Path.Combine(context.Directory, VotesName);
        if (!File.Exists(path))
        {
            var votes = members.Release(VotesLabel, Mechanism(voting, members.Account), records => VotedSelection.Votes(candidates, records));
            new Torch.Serialization.StateDictionary { { "votes", Tensor.From(votes, votes.Length) } }.Save(path);
        }
        using var scope = new TensorScope();
        var counted = Torch.Serialization.StateDictionary.Load(path)["votes"].ToArray<double>();
        var wanted = Enumerable.Range(0, Math.Max(1, candidates.ClassCount)).Select(k => (candidates.Labels?.Count(label => label == k) ?? candidates.Count) / voting.Candidates);
        return candidates.Subset(VotedSelection.Choose(counted, candidates.Labels, [.. wanted]));
    }

    private SampleJudge Judge(RejectionSection rejection, int wanted, int[]? labels)
    {
        if (labels is null && !synthesizer.IsConditional) throw new InputException($"sampler '{sampler.Id}' rejects samples by their class, and {synthesizer.Card.Name} draws none; leave 'rejection' out");
        if (rejection.NamesFile) return SampleJudge.Load(rejection.Classifier);
        var training = synthesizer.Sample(wanted, Seed.Derive(context.Seed, "judge"), labels);
        var folder = Directory.CreateDirectory(Path.Combine(context.Directory, "judge")).FullName;
        return SampleJudge.Train(training, classifier, context with { Directory = folder });
    }

    private static GaussianMechanism Mechanism(VotingSection voting, LedgerAccount account) =>
        GaussianMechanism.Calibrate(account.Relation, VotedSelection.Bound, new Epsilon(voting.Epsilon), account.Delta);
}
