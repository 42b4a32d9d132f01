namespace Understudy.Studies.Grids;

/// <summary>A piece of work of a grid that failed, or that could not be tried because another had.</summary>
/// <param name="Stage">The stage of the pipeline.</param>
/// <param name="Subject">What it worked on.</param>
/// <param name="Why">The error in one line, or the piece that it waited for.</param>
/// <param name="IsConsequence">Whether it was never tried.</param>
public sealed record GridFailure(string Stage, string Subject, string Why, bool IsConsequence);
