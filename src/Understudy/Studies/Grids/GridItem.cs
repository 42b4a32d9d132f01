using Understudy.Studies.Stages;
using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>One piece of the work of a grid.</summary>
/// <param name="Stage">The stage of the pipeline.</param>
/// <param name="Subject">What it works on.</param>
/// <param name="Kind">What pieces that take about as long have in common.</param>
/// <param name="Seed">Of the work.</param>
/// <param name="Result">The file that it writes last.</param>
/// <param name="Needs">Pieces that must be done before, by id.</param>
/// <param name="Work">Does it.</param>
internal sealed record GridItem(
    string Stage, string Subject, string Kind, ulong Seed, string Result, IReadOnlyList<string> Needs, Action<StageContext, IProgress<StageProgress>> Work)
{
    /// <summary>Its name among all.</summary>
    public string Id => Of(Stage, Subject);

    /// <summary>The name of a piece.</summary>
    public static string Of(string stage, string subject) => $"{stage} {subject}";
}
