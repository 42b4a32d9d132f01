namespace Understudy.Cli.Bench;

/// <summary>One line of the performance table.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Ours">Median of Understudy's measurements.</param>
/// <param name="Peer">Median of the peer's, measured in turns with ours; null where there is no peer.</param>
/// <param name="Ratio">Ours divided by the peer's: below 1 where Understudy takes less; null where there is no peer.</param>
/// <param name="Unit">Of <paramref name="Ours"/> and <paramref name="Peer"/>.</param>
internal sealed record BenchRow(string Name, double Ours, double? Peer, double? Ratio, string Unit)
{
    public BenchRow(string name, double ours, double? peer, string unit)
        : this(name, ours, peer, ours / peer, unit)
    {
    }
}
