namespace Understudy.Privacy.Accounting;

/// <summary>What is known about the ε of some events at a given δ. The true value lies in [Lower, Upper]; Upper is what may be claimed.</summary>
/// <param name="Lower">No accountant can honestly report less.</param>
/// <param name="Upper">Guaranteed.</param>
/// <param name="Method">How the upper end was found.</param>
public sealed record EpsilonBracket(Epsilon Lower, Epsilon Upper, string Method);
