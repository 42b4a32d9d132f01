namespace Understudy.Attacks;

/// <summary>What an attack is.</summary>
/// <param name="Name">The name used in study files.</param>
/// <param name="Paper">Authors, title, venue, year.</param>
/// <param name="Release">What it attacks: dataset, generator or classifier.</param>
/// <param name="NeedsReference">Whether the attacker must have reference data.</param>
/// <param name="Score">The score of a candidate x, as a formula.</param>
public sealed record AttackCard(string Name, string Paper, string Release, bool NeedsReference, string Score);
