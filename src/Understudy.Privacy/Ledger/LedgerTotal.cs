namespace Understudy.Privacy.Ledger;

/// <summary>What some of an account's steps cost at its δ. ε is plain here because it is written to JSON; infinite becomes null there.</summary>
/// <param name="Lower">No accountant can honestly report less for these steps.</param>
/// <param name="Upper">What holds.</param>
/// <param name="Accountant">How <paramref name="Upper"/> was found.</param>
/// <param name="IfFixedInAdvance">The smaller ε that would hold if all these steps had been chosen before any result was seen.</param>
public sealed record LedgerTotal(double Lower, double Upper, string Accountant, double IfFixedInAdvance);
