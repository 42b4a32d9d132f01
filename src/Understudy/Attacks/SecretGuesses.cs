namespace Understudy.Attacks;

/// <summary>Guesses of a secret attribute, and the truth.</summary>
/// <param name="Guessed">[N] the guessed class of each record's secret.</param>
/// <param name="True">[N] its true class.</param>
public sealed record SecretGuesses(int[] Guessed, int[] True);
