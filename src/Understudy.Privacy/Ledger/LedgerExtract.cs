using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Ledger;

/// <summary>All that a ledger holds about one data set: what goes with a release.</summary>
/// <param name="Fingerprint">The SHA-256 of the data set's content.</param>
/// <param name="Unit">What one record stands for.</param>
/// <param name="Relation">Which data sets the guarantee compares.</param>
/// <param name="Delta">The δ of the totals.</param>
/// <param name="Cap">The ε that reservations may not pass; null where there is none.</param>
/// <param name="Spent">The steps recorded as spent.</param>
/// <param name="Reserved">All that counts against the cap: the spent steps, and those reserved and not given back.</param>
/// <param name="Reservations">Every reservation, in the order of time.</param>
/// <param name="Unaccounted">Reads that no guarantee covers.</param>
/// <param name="Rows">Every row.</param>
/// <param name="Head">The hash of the last row; kept elsewhere, it shows whether rows were later removed from the end.</param>
public sealed record LedgerExtract(
    string Fingerprint,
    string Unit,
    NeighbouringRelation Relation,
    double Delta,
    double? Cap,
    LedgerTotal Spent,
    LedgerTotal Reserved,
    IReadOnlyList<LedgerUse> Reservations,
    IReadOnlyList<UnaccountedRead> Unaccounted,
    IReadOnlyList<LedgerRow> Rows,
    string Head);
