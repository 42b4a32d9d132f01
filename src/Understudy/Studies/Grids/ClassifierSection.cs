using System.Globalization;
using Understudy.Classification;

namespace Understudy.Studies.Grids;

/// <summary>One classifier of a grid.</summary>
/// <param name="Id">What the study calls it: unique, and part of folder names.</param>
/// <param name="Options">Network and training.</param>
public sealed record ClassifierSection(string Id, ClassifierOptions Options)
{
    /// <summary>What keeps it from learning records by heart, in words; empty without.</summary>
    internal string Mitigation => string.Join(" and ", new[] { Named("label smoothing", Options.LabelSmoothing), Named("weight decay", Options.WeightDecay) }.OfType<string>());

    /// <summary>The same training without.</summary>
    internal ClassifierOptions Unmitigated => Options with { LabelSmoothing = 0, WeightDecay = 0 };

    private static string? Named(string what, double strength) => strength > 0 ? string.Create(CultureInfo.InvariantCulture, $"{what} {strength}") : null;
}
