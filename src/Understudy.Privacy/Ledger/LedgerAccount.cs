namespace Understudy.Privacy.Ledger;

/// <summary>
/// Whose privacy is counted, and how: one private data set, one unit, one neighbouring relation, one δ. A ledger holds one account a data set;
/// what was opened under one unit, relation and δ is refused under another, because such totals do not add up.
/// </summary>
/// <param name="Fingerprint">The SHA-256 of the data set's content, 64 hexadecimal digits in lower case.</param>
/// <param name="Unit">What one record stands for, as "image" or "patient".</param>
/// <param name="Relation">Which data sets the guarantee compares.</param>
/// <param name="Delta">The δ at which totals are stated, below 1.</param>
/// <param name="Cap">
/// The ε that reservations may not pass. Where the account has no cap or a higher one, this one is recorded; a lower one that is recorded stands.
/// Null leaves it as it is.
/// </param>
public sealed record LedgerAccount(string Fingerprint, string Unit, NeighbouringRelation Relation, Delta Delta, Epsilon? Cap = null)
{
    private const int Digits = 64;
    private const int LongestUnit = 100;

    /// <summary>The SHA-256 of the data set's content, 64 hexadecimal digits in lower case.</summary>
    public string Fingerprint { get; } = Fingerprint is { Length: Digits } && Fingerprint.All(char.IsAsciiHexDigitLower)
        ? Fingerprint
        : throw new ArgumentException($"the fingerprint is '{Fingerprint}'; it must be a SHA-256 of {Digits} hexadecimal digits in lower case.");

    /// <summary>What one record stands for.</summary>
    public string Unit { get; } = Require.Name(Unit, LongestUnit);

    /// <summary>Which data sets the guarantee compares.</summary>
    public NeighbouringRelation Relation { get; } = Enum.IsDefined(Relation) ? Relation : throw new ArgumentOutOfRangeException(nameof(Relation));

    /// <summary>The δ at which totals are stated.</summary>
    public Delta Delta { get; } = Delta.Value < 1 ? Delta : throw new ArgumentOutOfRangeException(nameof(Delta), "delta is 1, which promises nothing; it must be below 1.");

    /// <summary>The ε that reservations may not pass.</summary>
    public Epsilon? Cap { get; } = Cap is { Value: double.PositiveInfinity }
        ? throw new ArgumentOutOfRangeException(nameof(Cap), "the cap is infinite; leave it out where there is none.")
        : Cap;
}
