namespace Understudy.Studies;

/// <summary>A question about a run and its answer in plain sentences, made from the figures.</summary>
/// <param name="Question">What it answers.</param>
/// <param name="Answers">The answer, with the figures: a sentence or two each.</param>
public sealed record Finding(string Question, IReadOnlyList<string> Answers);
