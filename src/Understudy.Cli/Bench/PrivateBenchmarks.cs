namespace Understudy.Cli.Bench;

/// <summary>What is measured of a whole step of DP-SGD: clipped gradient, noise and update, beside Opacus.</summary>
/// <param name="startPeer">Starts a peer.</param>
/// <param name="tell">Told the name of a benchmark and how much of it is done.</param>
/// <param name="cancellation">Stops between two measurements.</param>
internal sealed class PrivateBenchmarks(PeerStart startPeer, Action<string, int, int> tell, CancellationToken cancellation)
{
    /// <summary>Counted measurements of each side: few, because a step of Opacus may take many seconds.</summary>
    public const int Pairs = 3;

    private const string Script = "opacus_step.py";

    private static readonly (string Network, Func<PrivateWorkload> Make)[] Works =
    [
        ("discriminator", () => PrivateWorkload.Discriminator(256)),
        ("perceptron", () => PrivateWorkload.Perceptron(256)),
        ("residual", () => PrivateWorkload.Residual(64)),
    ];

    /// <summary>Time of a step beside Opacus with the gradients of each sample ("hooks") and with their norms alone ("ghost"); none without Opacus.</summary>
    public IEnumerable<BenchRow> All()
    {
        foreach (var mode in new[] { "hooks", "ghost" })
        {
            foreach (var (network, make) in Works)
            {
                if (startPeer(Script, network, mode) is not { } peer) yield break;
                using (peer) yield return Timed(peer, mode, make);
            }
        }
    }

    private BenchRow Timed(Peer peer, string mode, Func<PrivateWorkload> make)
    {
        using var workload = make();
        var name = $"step of DP-SGD, {workload.Name}, Opacus by {mode}";
        var timing = new PairedTiming(peer.Run);
        for (var i = 0; i <= Pairs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            timing.Add(workload.Step(1), 1);
            tell(name, i, Pairs);
        }
        return new BenchRow(name, timing.Ours * 1e3, timing.Peers * 1e3, "ms");
    }
}
