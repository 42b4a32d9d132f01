namespace Understudy.Privacy.Ledger;

/// <summary>One reservation of one run.</summary>
/// <param name="Number">The number of the row that made it.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Run">Whose it is.</param>
/// <param name="FixedInAdvance">Whether it was made before anything was spent on the account, so that its plans cannot depend on results.</param>
/// <param name="Released">Whether its unspent steps were given back.</param>
/// <param name="Plans">Its plans.</param>
public sealed record LedgerUse(long Number, DateTimeOffset Time, string Run, bool FixedInAdvance, bool Released, IReadOnlyList<LedgerPlanUse> Plans);
