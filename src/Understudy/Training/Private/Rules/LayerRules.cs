using Understudy.Data;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>The rule of every kind of layer that has one.</summary>
internal static class LayerRules
{
    /// <summary>The layers that can be trained privately, for messages.</summary>
    public const string Known = "Linear, Conv1d-3d, ConvTranspose2d-3d, Embedding, GroupNorm, LayerNorm, InstanceNorm, MultiheadAttention, GRU";

    private static readonly Dictionary<Type, LayerRule> Rules = new()
    {
        [typeof(LinearLayer)] = new LinearRule(),
        [typeof(ConvolutionLayer)] = new ConvolutionRule(),
        [typeof(TransposedConvolutionLayer)] = new TransposedConvolutionRule(),
        [typeof(EmbeddingLayer)] = new EmbeddingRule(),
        [typeof(GroupNormLayer)] = new GroupNormRule(),
        [typeof(InstanceNormLayer)] = new ChannelNormRule(),
        [typeof(BatchNormLayer)] = new ChannelNormRule(),
        [typeof(LayerNormLayer)] = new LayerNormRule(),
    };

    /// <summary>The rule of a layer.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static LayerRule For(ParametricLayer layer)
    {
        if (layer is BatchNormLayer { Training: true })
            throw new InputException("batch normalisation mixes the records of a batch, so no record's gradient is its own; use GroupNorm or LayerNorm, or the layer in evaluation mode");
        return Rules.TryGetValue(layer.GetType(), out var rule)
            ? rule
            : throw new InputException($"{layer.GetType().Name} has no rule for per-record gradients; build the network of {Known}");
    }
}
