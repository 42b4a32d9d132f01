using System.Security.Cryptography;
using System.Text.Json;
using Understudy.Data;

namespace Understudy.Attacks.Auditing;

/// <summary>Canaries, and the secret coins that decided which of them take part in a training.</summary>
public sealed class PlantedCanaries
{
    private PlantedCanaries(ImageSet canaries, bool[] included) => (Canaries, Included) = (canaries, included);

    /// <summary>All m canaries.</summary>
    public ImageSet Canaries { get; }

    /// <summary>[m] whether each takes part. Nobody who trains or attacks may look.</summary>
    public IReadOnlyList<bool> Included { get; }

    /// <summary>Tosses a fair coin a canary, from the operating system's random numbers, so that nothing in the training can foresee them.</summary>
    public static PlantedCanaries Toss(ImageSet canaries) =>
        new(canaries, [.. RandomNumberGenerator.GetBytes(canaries.Count).Select(value => (value & 1) == 1)]);

    /// <summary>Reads the coins of a training that was begun earlier.</summary>
    /// <param name="canaries">The same canaries.</param>
    /// <param name="path">The file that <see cref="Seal"/> wrote.</param>
    /// <exception cref="InputException">The file is missing, or holds no coins of so many canaries.</exception>
    public static PlantedCanaries Unseal(ImageSet canaries, string path)
    {
        bool[]? included;
        try
        {
            included = JsonSerializer.Deserialize<bool[]>(File.ReadAllText(path), JsonText.Options);
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new InputException($"{path} holds no coins of canaries: {error.Message}", error);
        }
        if (included?.Length != canaries.Count)
            throw new InputException($"{path} holds {included?.Length ?? 0} coins for {canaries.Count} canaries; give the canaries they were tossed for");
        return new PlantedCanaries(canaries, included);
    }

    /// <summary>Keeps the coins in a file that its owner alone may read.</summary>
    public void Seal(string path)
    {
        AtomicFile.WriteText(path, JsonText.Write(Included));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The training data with the chosen canaries at the end; they count as records of it.</summary>
    /// <exception cref="InputException">Canaries and data differ in shape, labels or groups.</exception>
    public ImageSet Plant(ImageSet training) =>
        ImageSet.Concat(training, Canaries.Subset([.. Enumerable.Range(0, Canaries.Count).Where(i => Included[i])]));

    /// <summary>Compares an attack's scores of all canaries with the coins, with the threshold chosen as <see cref="Audit.OverGuesses"/> does.</summary>
    /// <param name="auditor">One of the auditors of one training run.</param>
    /// <param name="scores">[m] larger means "more likely to have taken part".</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="InputException">Another number of scores than of canaries, or the coins fell all the same way.</exception>
    public EpsilonBound Bound(Auditor auditor, IReadOnlyList<double> scores, double significance = 0.05)
    {
        if (scores.Count != Included.Count) throw new InputException($"{scores.Count} scores for {Included.Count} canaries; give one a canary");
        return Audit.OverGuesses(auditor, [.. scores.Where((_, i) => Included[i])], [.. scores.Where((_, i) => !Included[i])], significance);
    }
}
