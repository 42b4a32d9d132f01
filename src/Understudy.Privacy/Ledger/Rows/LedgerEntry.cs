using System.Text.Json.Serialization;

namespace Understudy.Privacy.Ledger.Rows;

/// <summary>One row of an account, as an immutable value. Rows are only ever added. A kind is never removed and never changes its meaning.</summary>
/// <param name="Number">1, 2, … within the account.</param>
/// <param name="Time">When it was written, UTC.</param>
/// <param name="Run">By which run, or by whom.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(AccountOpened), "open")]
[JsonDerivedType(typeof(CapSet), "cap")]
[JsonDerivedType(typeof(StepsReserved), "reserve")]
[JsonDerivedType(typeof(StepsAdded), "extend")]
[JsonDerivedType(typeof(StepsSpent), "spend")]
[JsonDerivedType(typeof(ReservationReleased), "release")]
[JsonDerivedType(typeof(UnaccountedRead), "unaccounted")]
public abstract record LedgerEntry(long Number, DateTimeOffset Time, string Run);
