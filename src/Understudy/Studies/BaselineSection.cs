using Understudy.Classification;

namespace Understudy.Studies;

/// <summary>A classifier trained on the private data under differential privacy, to compare synthetic data with.</summary>
/// <param name="Id">What the study calls it: unique, and a folder name.</param>
/// <param name="Name">Which kind: <c>dp-sgd</c>.</param>
/// <param name="Options">ε and the training.</param>
public sealed record BaselineSection(string Id, string Name, DpSgdOptions Options)
{
    /// <summary>The one kind there is.</summary>
    public const string DpSgd = "dp-sgd";

    /// <summary>What tables and charts call it.</summary>
    internal string Title => FormattableString.Invariant($"real, {Id} (ε = {Options.Epsilon})");
}
