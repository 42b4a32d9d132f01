using System.ComponentModel.DataAnnotations;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;

namespace Understudy.Studies;

/// <summary>What a guarantee is about; the methods that carry one say their ε themselves.</summary>
public sealed record PrivacySection
{
    internal const string Image = "image";

    /// <summary>δ of every guarantee on the data; far below one over the number of records.</summary>
    [Range(0.0, 0.1, MinimumIsExclusive = true)]
    public double Delta { get; init; } = 1e-5;

    /// <summary>Which data sets are compared.</summary>
    public NeighbouringRelation Relation { get; init; } = NeighbouringRelation.AddOrRemoveOne;

    /// <summary>What one record stands for. Where a person has several images, a guarantee for an image is weaker for the person, and the unit cannot be the person.</summary>
    [RegularExpression("[a-z][a-z -]{0,31}", ErrorMessage = "a word in small letters, such as image or patient")]
    public string Unit { get; init; } = Image;

    /// <summary>N, declared public, that noised sums are divided by; 0 declares the number of members public.</summary>
    [Range(0, 2_000_000_000)]
    public int Records { get; init; }

    /// <summary>The largest total ε that all runs on these data may spend together; 0 sets no cap.</summary>
    [Range(0.0, 1e6)]
    public double Cap { get; init; }

    /// <summary>The account that the ledger keeps for data of that fingerprint.</summary>
    public LedgerAccount Account(string fingerprint) =>
        new(fingerprint, Unit, Relation, new Delta(Delta), Cap > 0 ? new Epsilon(Cap) : null);
}
