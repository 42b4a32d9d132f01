using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class PairedTimingTests
{
    [Fact]
    public void Takes_turns()
    {
        var turns = "";

        PairedTiming.Medians(() => turns += "a", steps => Answer(ref turns, 1, steps), steps: 2, pairs: 3, _ => { });

        Assert.Equal("aabaabaabaab", turns);
    }

    [Fact]
    public void Peers_figure_is_the_median_of_a_step_without_the_warm_up()
    {
        double[] seconds = [1000, 8, 2, 600, 4]; // of two steps; the first is the warm-up
        var next = 0;
        var turns = "";

        var (_, peer) = PairedTiming.Medians(() => { }, steps => Answer(ref turns, seconds[next++], steps), steps: 2, pairs: 4, _ => { });

        Assert.Equal(3, peer); // (4 + 8) / 2 over two steps
    }

    [Fact]
    public void Without_a_peer_there_is_no_figure_of_it() =>
        Assert.Null(PairedTiming.Medians(() => { }, null, 1, 3, _ => { }).Peer);

    private static PeerAnswer Answer(ref string turns, double seconds, int steps)
    {
        turns += "b";
        return new PeerAnswer(seconds, steps, 1);
    }
}
