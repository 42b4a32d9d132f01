using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class LatentPeersTests
{
    [Theory]
    [InlineData("inversion.py")]
    [InlineData("plan_walk.py")]
    public void A_peer_does_a_step(string script)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python)) Assert.Skip("there is no Python to run the peer");
        using var peer = Peer.Start(python, script, "1", "cpu");
        try
        {
            Assert.Equal(1, peer.Run(1).Steps);
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("No module named 'torch'", StringComparison.Ordinal))
        {
            Assert.Skip("Python has no PyTorch");
        }
    }
}
