using Understudy.Data;

namespace Understudy.Generation;

/// <summary>Every synthesizer there is.</summary>
public static class Synthesizers
{
    /// <summary>The methods, in the order in which they are listed to a reader.</summary>
    public static IReadOnlyList<SynthesizerEntry> All { get; } = [];

    /// <summary>The method of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static SynthesizerEntry Get(string name) =>
        All.FirstOrDefault(entry => entry.Card.Name == name)
        ?? throw new InputException($"unknown method '{name}'{NearestName.Hint(name, [.. All.Select(entry => entry.Card.Name)])}");
}
