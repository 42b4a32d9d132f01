using Understudy.Data;

namespace Understudy.Attacks.Classifiers;

/// <summary>
/// How far a planted secret stands out among secrets that could have been planted (Carlini, Liu, Erlingsson, Kos and Song, "The secret
/// sharer", USENIX Security 2019, definition 4).
/// </summary>
public static class Exposure
{
    /// <summary>log₂(number of candidates) − log₂(rank of the secret among them), in bits.</summary>
    /// <param name="secret">The model's loss (log-perplexity) on the secret.</param>
    /// <param name="others">Its losses on candidates that were not planted, drawn like the secret.</param>
    /// <returns>From 0, where every candidate has a lower loss, to log₂ of their number, the secret included; equal losses rank before it.</returns>
    /// <exception cref="InputException">There is no candidate, or a loss is NaN.</exception>
    public static double Bits(double secret, ReadOnlySpan<double> others)
    {
        if (others.IsEmpty || double.IsNaN(secret) || others.Contains(double.NaN))
            throw new InputException("exposure compares the loss of a secret with those of candidates; give one at least, none NaN");
        var rank = 1;
        foreach (var loss in others) rank += loss <= secret ? 1 : 0;
        return Math.Log2(others.Length + 1) - Math.Log2(rank);
    }
}
