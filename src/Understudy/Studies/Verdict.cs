using System.Globalization;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Studies.Grids;
using Understudy.Studies.Stages;

namespace Understudy.Studies;

/// <summary>The findings of a run in plain sentences, made from its figures and from nothing else.</summary>
public static class Verdict
{
    private const string StandIn = "Can the synthetic images stand in for the real ones?";
    private static readonly string[] Headlines = ["balanced accuracy", "accuracy"];

    /// <summary>The findings, the most important first.</summary>
    public static IReadOnlyList<Finding> Of(StudyMetrics metrics) => metrics.Grid is { } grid ? GridFindings.Of(grid) :
        [.. new[] { Utility(metrics), Attack(metrics), Guarantee(metrics) }.OfType<Finding>()];

    /// <summary>A value with its interval: <c>0.781 (95 % interval 0.752 to 0.808)</c>.</summary>
    public static string Shown(Metric metric) => metric.Interval is { } interval
        ? string.Create(CultureInfo.InvariantCulture, $"{metric.Value:0.000} ({100 * interval.Level:0.#} % interval {interval.Lower:0.000} to {interval.Upper:0.000})")
        : string.Create(CultureInfo.InvariantCulture, $"{metric.Value:0.000}");

    private static Finding? Utility(StudyMetrics metrics)
    {
        if (metrics.Sections.FirstOrDefault(section => section.Id == SegmentationStage.SectionId) is { } pairs) return SegmentationFinding.Of(pairs, StandIn);
        if (metrics.Methods.Values.All(method => method.Utility.Count == 0)) return null;
        var name = Headlines.FirstOrDefault(headline => metrics.Methods.Values.Any(method => Find(method.Utility, headline) is not null)) ?? Headlines[0];
        var sentences = new List<string>();
        var real = Find(metrics.Baselines[Label.Real].Utility, name);
        if (real is not null) sentences.Add($"Trained on the real images, the classifier reaches a {name} of {Shown(real)} on real test images.");
        foreach (var (id, baseline) in metrics.Baselines.Where(baseline => baseline.Key != Label.Real))
        {
            if (Find(baseline.Utility, name) is { } reached)
                sentences.Add($"Trained on the real images by {id}, which is {baseline.Certificate!.Claim}, a classifier reaches {Shown(reached)}{Compared(reached, real)}.");
        }
        foreach (var (id, method) in metrics.Methods.OrderByDescending(method => Find(method.Value.Utility, name)?.Value ?? -1))
        {
            if (Find(method.Utility, name) is { } reached)
                sentences.Add($"Trained on images of {id} alone, it reaches {Shown(reached)}{Compared(reached, real)}.");
            if (FewLabels.Finding(id, method.Utility) is { } finding) sentences.Add(finding);
        }
        var unmeasured = metrics.Methods.Where(method => method.Value.Utility.Count > 0 && Find(method.Value.Utility, name) is null);
        foreach (var alike in unmeasured.GroupBy(method => method.Value.Utility[0].Note, method => method.Key))
            sentences.Add($"For {string.Join(", ", alike)}: {alike.Key}.");
        return new Finding(StandIn, sentences);
    }

    private static string Compared(Metric reached, Metric? real) => (reached.Interval, real?.Interval) switch
    {
        ({ } synthetic, { } actual) when synthetic.Upper < actual.Lower =>
            string.Create(CultureInfo.InvariantCulture, $": {real!.Value - reached.Value:0.000} less, more than chance explains"),
        ({ } synthetic, { } actual) when synthetic.Lower > actual.Upper =>
            string.Create(CultureInfo.InvariantCulture, $": {reached.Value - real!.Value:0.000} more, more than chance explains"),
        ({ }, { }) => "; the intervals overlap, so this run alone does not settle whether something is lost",
        _ => "",
    };

    private static Finding? Attack(StudyMetrics metrics)
    {
        var sentences = new List<string>();
        var strongest = metrics.Methods
            .Select(method => (Id: method.Key, Tried: method.Value.Attacks.Select(attack => (attack.Name, Auc: Find(attack.Metrics, "AUC"))).Where(attack => attack.Auc is not null).ToArray()))
            .Where(method => method.Tried.Length > 0)
            .Select(method => (method.Id, method.Tried.Length, Attack: method.Tried.MaxBy(attack => attack.Auc!.Value)));
        foreach (var (id, count, (name, auc)) in strongest.OrderByDescending(method => method.Attack.Auc!.Value))
        {
            var attack = count == 1 ? $"The attack on {id} ({name})" : $"The strongest of {count} attacks on {id} ({name})";
            sentences.Add($"{attack} tells members from non-members with an AUC of {Shown(auc!)}; {Judged(auc!)}.");
        }
        if (sentences.Count == 0) return null;
        var tried = metrics.Methods.Values.SelectMany(method => method.Attacks).First();
        sentences.Add($"An AUC of 0.5 is guessing. The attacks were tried on {tried.Members} members and {tried.NonMembers} non-members. "
            + "A stronger attack may find more; and the strongest of several, picked on the same scores, looks a little stronger than it is.");
        return new Finding("Can an attacker tell who was in the training data?", sentences);
    }

    private static string Judged(Metric auc) => auc.Interval switch
    {
        { Upper: < 0.5 } => "that is worse than guessing, so members and non-members differ in some other way and the figure says little",
        { Lower: > 0.5 } => "that is better than guessing, so the synthetic images give members away to some degree",
        { } => "this test cannot tell that from guessing",
        null => "how sure that is was not measured",
    };

    private static Finding Guarantee(StudyMetrics metrics)
    {
        var sentences = new List<string>();
        foreach (var (id, method) in metrics.Methods.Where(method => method.Value.Certificate is not null))
        {
            var claim = method.Certificate!.Claim;
            sentences.Add(method.EpsilonShown switch
            {
                { } bound when method.IsRefuted => string.Create(CultureInfo.InvariantCulture,
                    $"{id} claims to be {claim}, but an attack shows an ε of at least {bound.Value:0.###}: the claim is wrong, or the attack met its chance of error. Release nothing before it is known which."),
                { Value: > 0 } bound => string.Create(CultureInfo.InvariantCulture, $"{id} is {claim}; the attacks that were tried show an ε of at least {bound.Value:0.###}."),
                { } => $"{id} is {claim}; the attacks that were tried show no loss of privacy.",
                null => $"{id} is {claim}.",
            });
        }
        if (sentences.Count > 0) sentences.Add("A guarantee holds against every attack, for one record of the unit named, and covers nothing on the list of unaccounted reads.");
        var without = metrics.Methods.Where(method => method.Value.Card.Guarantee == MethodCard.NoGuarantee).Select(method => method.Key).ToArray();
        if (without.Length == metrics.Methods.Count)
            sentences.Add("Nothing is. No method of this run carries a formal guarantee such as differential privacy; the figures describe the attacks that were tried, not every attack there is. Do not take them alone as leave to release.");
        else if (without.Length > 0)
            sentences.Add($"No formal guarantee holds for {string.Join(", ", without)}; for these the figures describe the attacks that were tried, not every attack there is.");
        return new Finding("What is guaranteed?", sentences);
    }

    private static Metric? Find(IEnumerable<Metric> metrics, string name) => metrics.FirstOrDefault(metric => metric.Name == name && double.IsFinite(metric.Value));
}
