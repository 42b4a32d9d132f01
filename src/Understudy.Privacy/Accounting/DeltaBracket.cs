namespace Understudy.Privacy.Accounting;

/// <summary>What is known about the δ of some events at a given ε. The true value lies in [Lower, Upper]; Upper is what may be claimed.</summary>
/// <param name="Lower">No accountant can honestly report less.</param>
/// <param name="Upper">Guaranteed.</param>
/// <param name="Method">How the upper end was found.</param>
public sealed record DeltaBracket(Delta Lower, Delta Upper, string Method);
