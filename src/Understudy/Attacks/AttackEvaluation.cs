using Understudy.Attacks.Auditing;
using Understudy.Data;
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
        var random = new SplitMix64(Seed.Derive(settings.Seed, "candidates"));
        ExactImages exactMembers = new(data.Members), exactNonMembers = new(data.NonMembers);
        var members = Outside(data.Members, exactNonMembers);
        var nonMembers = Outside(data.NonMembers, exactMembers);
        if (members.Length < data.Members.Count)
            notes.Add($"{data.Members.Count - members.Length} members and {data.NonMembers.Count - nonMembers.Length} non-members are equal images and were left out");
        var count = Math.Min(members.Length, nonMembers.Length);
        if (count < 2) throw new InputException($"{count} images are left of members or non-members without exact duplicates; an attack needs 2 of each");
        members = random.Pick(members, count);
        nonMembers = random.Pick(nonMembers, count);
        var candidates = new (bool IsMember, int Index)[members.Length + nonMembers.Length];
        for (var i = 0; i < members.Length; i++) candidates[i] = (true, members[i]);
        for (var i = 0; i < nonMembers.Length; i++) candidates[members.Length + i] = (false, nonMembers[i]);
        random.Shuffle(candidates.AsSpan());
        var images = Gather(data, candidates);
        var reference = Reference(data.Reference, exactMembers, exactNonMembers, notes);

        var scores = Score(attack, data.Released, images, reference, candidates, settings.Seed);
        return Measure(attack.Card, scores, settings) with { ControlAuc = Control(attack, images, reference, candidates, settings), Notes = notes };
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

    private static ImageSet Gather(AttackData data, (bool IsMember, int Index)[] candidates)
    {
        var shape = data.Released.Shape;
        var pixels = new byte[candidates.Length * shape.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            var source = candidates[i].IsMember ? data.Members : data.NonMembers;
            source.Image(candidates[i].Index).CopyTo(pixels.AsSpan(i * shape.Length));
        }
        return new ImageSet(shape, pixels);
    }

    private static CandidateScore[] Score(Attack attack, ImageSet released, ImageSet images, ImageSet? reference,
        (bool IsMember, int Index)[] candidates, ulong seed) =>
        [.. attack.Score(released, images, reference, seed)
            .Zip(candidates, (score, candidate) => new CandidateScore(candidate.IsMember, candidate.Index, score))
            .OrderByDescending(score => score.IsMember).ThenBy(score => score.Index)];

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
