namespace Understudy.Cli.Bench;

/// <summary>Times two programs in turns, so that whatever else the machine does falls on both alike.</summary>
/// <param name="peer">Does a number of steps of the same work; null where ours is timed alone.</param>
internal sealed class PairedTiming(Func<int, PeerAnswer>? peer)
{
    private readonly List<double> _ours = [];
    private readonly List<double> _peers = [];
    private bool _isWarm;

    /// <summary>Median seconds of one of our steps.</summary>
    public double Ours => Median.Of(_ours);

    /// <summary>Median seconds of one of the peer's steps; null where there is no peer.</summary>
    public double? Peers => peer is null ? null : Median.Of(_peers);

    /// <summary>Takes our measurement, then has the peer do as many steps. The first pair warms both up and is not counted.</summary>
    /// <param name="seconds">Wall time of our steps.</param>
    /// <param name="steps">How many they were.</param>
    public void Add(double seconds, int steps)
    {
        var answer = peer?.Invoke(steps);
        if (_isWarm)
        {
            _ours.Add(seconds / steps);
            if (answer is not null) _peers.Add(answer.Seconds / answer.Steps);
        }
        _isWarm = true;
    }
}
