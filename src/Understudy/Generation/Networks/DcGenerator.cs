using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>The convolutional generator DC-28, DC-32, DC-64 or DC-128: a linear layer, then transposed convolutions that double the size.</summary>
/// <remarks>Radford, Metz, Chintala, "Unsupervised Representation Learning with Deep Convolutional GANs", ICLR 2016, 1511.06434.</remarks>
public static class DcGenerator
{
    /// <summary>Builds one: [B, inputs] → [B, C, H, W] in [-1, 1].</summary>
    /// <param name="inputs">Latent size, and the condition's if there is one.</param>
    /// <param name="shape">28×28, 32×32, 64×64 or 128×128.</param>
    /// <param name="width">f: channels of the last hidden layer.</param>
    /// <param name="normalization">Makes the layer after each but the last, for so many channels; batch norm if null.</param>
    /// <param name="hidden">Numbers in a linear layer before all others, where the inputs can act on each other; 0 for none.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static Sequential Build(long inputs, ImageShape shape, int width, Func<long, Module>? normalization = null, int hidden = 0) =>
        hidden == 0
            ? new([.. Layers(inputs, shape, width, normalization)])
            : new([new Linear(inputs, hidden, bias: false), normalization?.Invoke(hidden) ?? new BatchNorm1d(hidden), new ReLU(), .. Layers(hidden, shape, width, normalization)]);

    /// <summary>The layers of one; see <see cref="Build"/>.</summary>
    public static IReadOnlyList<Module> Layers(long inputs, ImageShape shape, int width, Func<long, Module>? normalization = null)
    {
        var doublings = Backbone.Doublings(shape);
        var side = shape.Height >> doublings;
        var channels = (long)width << (doublings - 1);
        var layers = new List<Module>
        {
            new Linear(inputs, channels * side * side, bias: false),
            normalization?.Invoke(channels * side * side) ?? new BatchNorm1d(channels * side * side),
            new ReLU(),
            new Reshape(channels, side, side),
        };
        for (var i = 1; i < doublings; i++, channels /= 2)
        {
            layers.Add(new ConvTranspose2d(channels, channels / 2, 4, stride: 2, padding: 1, bias: false)); // [B, C, h, w] → [B, C/2, 2h, 2w]
            layers.Add(normalization?.Invoke(channels / 2) ?? new BatchNorm2d(channels / 2));
            layers.Add(new ReLU());
        }
        layers.Add(new ConvTranspose2d(channels, shape.Channels, 4, stride: 2, padding: 1));
        layers.Add(new Tanh());
        return layers;
    }
}
