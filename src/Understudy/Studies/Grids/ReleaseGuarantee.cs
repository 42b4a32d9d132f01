using System.Globalization;
using System.Text.Json.Serialization;
using Understudy.Privacy;

namespace Understudy.Studies.Grids;

/// <summary>What is guaranteed of a release: everything that the ledger holds of all that went into it, composed.</summary>
/// <param name="Epsilon">ε, the upper end of the bracket; null where something that went into it is covered by no guarantee.</param>
/// <param name="Delta">δ.</param>
/// <param name="Unit">What one record stands for.</param>
/// <param name="Relation">Which data sets are compared.</param>
/// <param name="Parts">What was paid for.</param>
/// <param name="Uncovered">Reads without noise that went into it.</param>
public sealed record ReleaseGuarantee(
    double? Epsilon, double Delta, string Unit, NeighbouringRelation Relation, IReadOnlyList<GuaranteePart> Parts, IReadOnlyList<string> Uncovered)
{
    /// <summary>The guarantee in one line.</summary>
    [JsonIgnore]
    public string Claim => Epsilon is { } epsilon
        ? string.Create(CultureInfo.InvariantCulture, $"(ε = {Math.Ceiling(epsilon * 1000) / 1000:0.###}, δ = {Delta:0.##e-0})-DP for one {Unit}")
        : $"none: {string.Join("; ", Uncovered)}";
}
