namespace Understudy.Tests.PlantedBugs;

/// <summary>Bugs planted one at a time into a piece of the library, each with the check that must catch it; every check passes on the library itself.</summary>
/// <typeparam name="T">The piece, as a delegate.</typeparam>
/// <param name="library">The piece as it is.</param>
/// <param name="mutants">By the bug's name: the check, and the piece with the bug.</param>
internal sealed class MutantSet<T>(T library, IReadOnlyDictionary<string, (Action<T> Check, T Mutant)> mutants)
    where T : Delegate
{
    private readonly Dictionary<string, Action<T>> checks =
        mutants.Values.Select(mutant => mutant.Check).DistinctBy(check => check.Method.Name).ToDictionary(check => check.Method.Name);

    /// <summary>Names of the checks.</summary>
    public TheoryData<string> Checks => [.. checks.Keys];

    /// <summary>Names of the bugs.</summary>
    public TheoryData<string> Bugs => [.. mutants.Keys];

    /// <summary>Asserts that the library passes a check.</summary>
    public void LibraryPasses(string check) => checks[check](library);

    /// <summary>Asserts that a bug's check fails on it.</summary>
    public void IsCaught(string bug) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => mutants[bug].Check(mutants[bug].Mutant));
}
