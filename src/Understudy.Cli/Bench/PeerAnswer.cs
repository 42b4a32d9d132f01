namespace Understudy.Cli.Bench;

/// <summary>What a peer says after its work.</summary>
/// <param name="Seconds">Wall time of the work alone.</param>
/// <param name="Steps">How often it was done.</param>
/// <param name="RssMib">Resident memory afterwards, MiB.</param>
internal sealed record PeerAnswer(double Seconds, int Steps, double RssMib);
