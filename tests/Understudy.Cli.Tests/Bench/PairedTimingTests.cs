using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class PairedTimingTests
{
    [Fact]
    public void Peer_does_as_many_steps_in_its_turn()
    {
        var asked = new List<int>();
        var timing = new PairedTiming(steps =>
        {
            asked.Add(steps);
            return new PeerAnswer(1, steps, 1);
        });

        timing.Add(1, 5);
        timing.Add(1, 7);

        Assert.Equal([5, 7], asked);
    }

    [Fact]
    public void Figures_are_medians_of_a_step_without_the_warm_up()
    {
        double[] peers = [1000, 8, 2, 600, 4]; // of two steps; the first is the warm-up
        var next = 0;
        var timing = new PairedTiming(steps => new PeerAnswer(peers[next++], steps, 1));

        foreach (var seconds in new double[] { 9000, 2, 20, 6, 4 }) timing.Add(seconds, 2);

        Assert.Equal(2.5, timing.Ours); // (4 + 6) / 2 over two steps
        Assert.Equal(3, timing.Peers); // (4 + 8) / 2 over two steps
    }

    [Fact]
    public void Without_a_peer_there_is_no_figure_of_it()
    {
        var timing = new PairedTiming(null);

        timing.Add(1, 1);
        timing.Add(3, 1);

        Assert.Equal(3, timing.Ours);
        Assert.Null(timing.Peers);
    }
}
