using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>A network with <see cref="VirtualBatchNorm"/>, which sees a fixed batch before every other.</summary>
/// <remarks>The references are noise, not records: the network may be released. They pass anew each time, because the weights change.</remarks>
public sealed class ReferenceBatch : Module
{
    private readonly Module network;
    private readonly Tensor references;

    /// <summary>Wraps a network.</summary>
    /// <param name="network">With virtual batch norms.</param>
    /// <param name="references">[R, …] inputs, kept in the state.</param>
    public ReferenceBatch(Module network, Tensor references)
    {
        this.network = AddModule("network", network);
        this.references = AddBuffer("references", references);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ForEachNorm(norm => norm.Forget());
        network.Forward(references);
        var y = network.Forward(x);
        ForEachNorm(norm => norm.Forget());
        return y;
    }

    private void ForEachNorm(Action<VirtualBatchNorm> action) => network.Apply(part =>
    {
        if (part is VirtualBatchNorm norm) action(norm);
    });
}
