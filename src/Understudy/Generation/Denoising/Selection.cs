using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;

namespace Understudy.Generation.Denoising;

/// <summary>The weights of a network when it scored best.</summary>
/// <param name="network">The network, which goes on learning.</param>
internal sealed class Selection(Module network) : IDisposable
{
    private readonly StateDictionary best = network.State.Clone();
    private readonly Tensor score = TensorScope.Persist(Tensor.Full([1], double.NegativeInfinity));

    /// <summary>The best weights and their score, for checkpoints.</summary>
    public StateDictionary State => new([.. best.Select(entry => KeyValuePair.Create($"weights.{entry.Key}", entry.Value)), KeyValuePair.Create("score", score)]);

    /// <summary>Keeps the weights if they score higher than any before.</summary>
    public void Offer(double achieved)
    {
        if (!((float)achieved > score.Item<float>())) return;
        score.Fill(achieved);
        best.CopyFrom(network.State);
    }

    /// <summary>Puts the best weights into the network, if any were offered.</summary>
    public void Restore()
    {
        if (!float.IsNegativeInfinity(score.Item<float>())) network.Load(best);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in best) tensor.Dispose();
        score.Dispose();
    }
}
