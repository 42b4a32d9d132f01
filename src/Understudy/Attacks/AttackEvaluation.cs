using Understudy.Attacks.Auditing;
using Understudy.Attacks.WhiteBox;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Attacks;

/// <summary>Plays the membership game: members and non-members in equal numbers, shuffled, scored by an attack that is not told which is which.</summary>
public static class AttackEvaluation
{
    private const int FewestForControl = 4; // an attack that fits something to either half needs two records in it
    private static readonly double[] FalsePositiveRates = [0.01, 0.001];

    /// <summary>Runs an attack and measures what it achieves.</summary>
    /// <remarks>
    /// A record that is among members and non-members alike has no right answer and is left out of both; a reference record that equals
    /// one of either is left out of the reference, since it would make a calibrated attack look weak. Both are noted. The larger of members
    /// and non-members is then cut at random to the size of the smaller.
    /// </remarks>
    /// <param name="attack">The attack.</param>
    /// <param name="data">What it is tried on; images of one shape.</param>
    /// <param name="settings">Seed, δ, significance, confidence level.</param>
    /// <exception cref="InputException">A set is empty, at once or after duplicates are left out, or shapes differ.</exception>
    public static AttackResult Run(Attack attack, AttackData data, AttackSettings settings)
    {
        Check(attack, data);
        var notes = new List<string>();
        ExactImages exactMembers = new(data.Members), exactNonMembers = new(data.NonMembers);
        var candidates = Candidates(data.Members, data.NonMembers, exactMembers, exactNonMembers, int.MaxValue, settings, notes);
        var images = Gather(Bare(data.Members), Bare(data.NonMembers), candidates);
        var reference = Reference(data.Reference, exactMembers, exactNonMembers, notes);

        var scores = Score(attack, data.Released, images, reference, candidates, settings.Seed);
        return Measure(attack.Card, scores, settings) with { ControlAuc = Control(attack, images, reference, candidates, settings), Notes = notes };
    }

    /// <summary>Runs an attack on released networks and measures what it achieves; there is no control, as nothing else could stand in for the networks.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="model">The released networks, which suit it.</param>
    /// <param name="members">Members.</param>
    /// <param name="nonMembers">Non-members.</param>
    /// <param name="settings">Seed, δ, significance, confidence level.</param>
    /// <exception cref="InputException">Fewer than two members or non-members are left after duplicates are left out.</exception>
    public static AttackResult Run(WhiteBoxAttack attack, Synthesizer model, ImageSet members, ImageSet nonMembers, AttackSettings settings)
    {
        var notes = new List<string>();
        var candidates = Candidates(members, nonMembers, new ExactImages(members), new ExactImages(nonMembers), attack.MostMembers, settings, notes);
        var scores = attack.Score(model, Gather(members, nonMembers, candidates), settings.Seed);
        return Measure(attack.Card, Ordered(scores, candidates), settings) with { Notes = notes };
    }

    /// <summary>Measures scores that were made elsewhere, such as those of an attack on a classifier.</summary>
    /// <param name="card">What the attack is.</param>
    /// <param name="scores">[N] scores of records, larger meaning "more likely a member".</param>
    /// <param name="isMember">[N] whether each is one.</param>
    /// <param name="settings">Seed, δ, significance, confidence level.</param>
    /// <exception cref="InputException">Lengths disagree, there are fewer than two records of one kind, or a score is NaN.</exception>
    public static AttackResult Measure(AttackCard card, IReadOnlyList<double> scores, IReadOnlyList<bool> isMember, AttackSettings settings)
    {
        if (scores.Count != isMember.Count) throw new InputException($"{scores.Count} scores for {isMember.Count} records; give one a record");
        return Measure(card, [.. scores.Select((score, i) => new CandidateScore(isMember[i], i, score)).OrderByDescending(score => score.IsMember)], settings);
    }

    private static AttackResult Measure(AttackCard card, CandidateScore[] scores, AttackSettings settings)
    {
        var curve = Curve(scores);
        var level = settings.ConfidenceLevel;
        double[] memberScores = Of(scores, isMember: true), nonMemberScores = Of(scores, isMember: false);
        return new AttackResult
        {
            Attack = card,
            MemberCount = memberScores.Length,
            NonMemberCount = nonMemberScores.Length,
            Auc = new Metric("AUC", curve.Auc, curve.AucInterval(Seed.Derive(settings.Seed, "bootstrap"), settings.BootstrapDraws, level)),
            ControlAuc = null,
            TprAtFpr = [.. FalsePositiveRates.Select(rate => LowFprRate.Measure(curve, rate, level))],
            BalancedAccuracy = new Metric("balanced accuracy", curve.MaxBalancedAccuracy, Note: "largest over thresholds, on the same scores"),
            Advantage = new Metric("advantage", curve.MaxAdvantage, Note: "largest over thresholds, on the same scores"),
            EpsilonBound = Audit.WithSplit(
                new ClopperPearsonAuditor(settings.Delta), memberScores, nonMemberScores, Seed.Derive(settings.Seed, "threshold"), settings.Significance),
            Notes = [],
            Roc = curve.Thinned(),
            Curve = curve,
            Scores = scores,
        };
    }

    private static void Check(Attack attack, AttackData data)
    {
        if (attack.Card.NeedsReference) attack.RequireReference(data.Reference);
        foreach (var (name, set) in new[] { ("released", data.Released), ("member", data.Members), ("non-member", data.NonMembers) })
        {
            if (set.Count == 0) throw new InputException($"there are no {name} images; an attack needs some");
        }
        foreach (var (name, set) in new[] { ("member", data.Members), ("non-member", data.NonMembers), ("reference", data.Reference ?? data.Members) })
        {
            if (set.Shape != data.Released.Shape)
                throw new InputException($"{name} images have shape {set.Shape}, released ones {data.Released.Shape}; resize one kind");
        }
    }

    private static ImageSet? Reference(ImageSet? reference, ExactImages members, ExactImages nonMembers, List<string> notes)
    {
        if (reference is null) return null;
        var kept = Outside(reference, members, nonMembers);
        if (kept.Length == reference.Count) return reference;
        notes.Add($"{reference.Count - kept.Length} reference images equal a member or non-member and were left out");
        if (kept.Length == 0) throw new InputException("every reference image is a member or non-member too; give reference images that are neither");
        return reference.Subset(kept);
    }

    /// <summary>Indices of the images that equal none of the others.</summary>
    private static int[] Outside(ImageSet images, params ExactImages[] others) =>
        [.. Enumerable.Range(0, images.Count).Where(i => !others.Any(set => set.Contains(images.Image(i))))];

    /// <summary>Members and non-members in equal numbers, shuffled; what is in both is left out.</summary>
    private static (bool IsMember, int Index)[] Candidates(
        ImageSet members, ImageSet nonMembers, ExactImages exactMembers, ExactImages exactNonMembers, int most, AttackSettings settings, List<string> notes)
    {
        var random = new SplitMix64(Seed.Derive(settings.Seed, "candidates"));
        int[] inside = Outside(members, exactNonMembers), outside = Outside(nonMembers, exactMembers);
        if (inside.Length < members.Count)
            notes.Add($"{members.Count - inside.Length} members and {nonMembers.Count - outside.Length} non-members are equal images and were left out");
        var count = Math.Min(most, Math.Min(inside.Length, outside.Length));
        if (count < 2) throw new InputException($"{count} images are left of members or non-members without exact duplicates; an attack needs 2 of each");
        (bool, int)[] candidates = [.. random.Pick(inside, count).Select(index => (true, index)), .. random.Pick(outside, count).Select(index => (false, index))];
        random.Shuffle(candidates.AsSpan());
        return candidates;
    }

    /// <summary>An attack on images is told nothing else of a candidate.</summary>
    private static ImageSet Bare(ImageSet images) => new(images.Shape, images.Pixels);

    private static ImageSet Gather(ImageSet members, ImageSet nonMembers, (bool IsMember, int Index)[] candidates)
    {
        int[] inside = [.. candidates.Where(candidate => candidate.IsMember).Select(candidate => candidate.Index)];
        int[] outside = [.. candidates.Where(candidate => !candidate.IsMember).Select(candidate => candidate.Index)];
        var (nextInside, nextOutside) = (0, inside.Length);
        int[] order = [.. candidates.Select(candidate => candidate.IsMember ? nextInside++ : nextOutside++)];
        return ImageSet.Concat(members.Subset(inside), nonMembers.Subset(outside)).Subset(order);
    }

    private static CandidateScore[] Score(Attack attack, ImageSet released, ImageSet images, ImageSet? reference,
        (bool IsMember, int Index)[] candidates, ulong seed) =>
        Ordered(attack.Score(released, images, reference, seed), candidates);

    private static CandidateScore[] Ordered(double[] scores, (bool IsMember, int Index)[] candidates) =>
        [.. scores.Zip(candidates, (score, candidate) => new CandidateScore(candidate.IsMember, candidate.Index, score)).OrderByDescending(score => score.IsMember).ThenBy(score => score.Index)];

    /// <summary>One half of the reference data plays the release, the other half the reference.</summary>
    private static Metric? Control(Attack attack, ImageSet images, ImageSet? reference, (bool IsMember, int Index)[] candidates, AttackSettings settings)
    {
        if (reference is null || reference.Count < FewestForControl) return null;
        var order = Enumerable.Range(0, reference.Count).ToArray();
        new SplitMix64(Seed.Derive(settings.Seed, "control")).Shuffle(order.AsSpan());
        var half = order.Length / 2;
        var curve = Curve(Score(attack, reference.Subset(order.AsSpan(0, half)), images, reference.Subset(order.AsSpan(half)), candidates, settings.Seed));
        return new Metric("control AUC", curve.Auc, curve.AucInterval(Seed.Derive(settings.Seed, "bootstrap"), settings.BootstrapDraws, settings.ConfidenceLevel),
            "reference data in place of the release; away from 0.5, members and non-members differ in themselves");
    }

    private static RocCurve Curve(CandidateScore[] scores) => RocCurve.FromScores(Of(scores, isMember: true), Of(scores, isMember: false));

    private static double[] Of(CandidateScore[] scores, bool isMember) => [.. scores.Where(s => s.IsMember == isMember).Select(s => s.Score)];
}
