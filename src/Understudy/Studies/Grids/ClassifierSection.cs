using Understudy.Classification;

namespace Understudy.Studies.Grids;

/// <summary>One classifier of a grid.</summary>
/// <param name="Id">What the study calls it: unique, and part of folder names.</param>
/// <param name="Options">Network and training.</param>
public sealed record ClassifierSection(string Id, ClassifierOptions Options);
