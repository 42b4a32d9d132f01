using System.Globalization;

namespace Understudy.Studies.Grids;

/// <summary>What the releases of a row have in common: all but the seed.</summary>
/// <param name="Method">What the study calls the method; <c>real</c> or a private baseline where a classifier saw the members themselves.</param>
/// <param name="Budget">ε it was given; null without a guarantee.</param>
/// <param name="Sampler">The sampler; null where none stands between generator and release.</param>
/// <param name="Release">What is released.</param>
/// <param name="Classifier">The classifier, or how it is chosen; null where none is released.</param>
/// <param name="Mitigation">A mitigation of the release itself; null without.</param>
public sealed record GridRowKey(string Method, double? Budget, string? Sampler, ReleaseKind Release, string? Classifier, string? Mitigation)
{
    /// <summary>The row in one line.</summary>
    public string Title => string.Join(", ", new[] { MethodAndBudget, Sampler, Release.ToString().ToLowerInvariant(), Classifier, Mitigation }.Where(part => part is not null));

    /// <summary>Method and ε.</summary>
    public string MethodAndBudget => Budget is { } epsilon ? string.Create(CultureInfo.InvariantCulture, $"{Method} (ε = {epsilon})") : Method;
}
