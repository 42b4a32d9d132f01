namespace Understudy.Privacy.Accounting.Pld;

/// <summary>Losses spread so far, for the step that is needed, that their grid would not fit in memory: as with next to no noise.</summary>
internal sealed class LatticeTooFineException() : InvalidOperationException("the privacy losses of this event reach too far for a grid; use the Rényi accountant.");
