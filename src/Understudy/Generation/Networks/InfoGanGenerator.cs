using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>InfoGAN's generator: [B, noise and codes] → [B, C, H, W].</summary>
/// <remarks>Chen et al., NIPS 2016, 1606.03657, appendix: 28×28 ends in a sigmoid (the mean of a Bernoulli), 32×32 in a tanh; larger ones are ours, with more layers.</remarks>
public static class InfoGanGenerator
{
    /// <summary>Builds one.</summary>
    /// <exception cref="InputException">The image is not 28×28, 32×32, 64×64 or 128×128.</exception>
    public static Sequential Build(long inputs, ImageShape shape)
    {
        var doublings = Backbone.Doublings(shape);
        if (doublings == 2)
        {
            return new Sequential(
                new Linear(inputs, 1024, bias: false), new BatchNorm1d(1024), new ReLU(),
                new Linear(1024, 7 * 7 * 128, bias: false), new BatchNorm1d(7 * 7 * 128), new ReLU(),
                new Reshape(128, 7, 7),
                new ConvTranspose2d(128, 64, 4, stride: 2, padding: 1, bias: false), new BatchNorm2d(64), new ReLU(),
                new ConvTranspose2d(64, shape.Channels, 4, stride: 2, padding: 1), new Sigmoid());
        }
        var layers = new List<Module>
        {
            new Reshape(inputs, 1, 1),
            new ConvTranspose2d(inputs, 448, 2, bias: false), new BatchNorm2d(448), new ReLU(), // [B, 448, 2, 2]
        };
        long channels = 448;
        foreach (var next in (long[])[.. Enumerable.Repeat(256L, doublings - 2), 128, 64])
        {
            layers.Add(new ConvTranspose2d(channels, next, 4, stride: 2, padding: 1, bias: false));
            layers.Add(new BatchNorm2d(next));
            layers.Add(new ReLU());
            channels = next;
        }
        layers.Add(new ConvTranspose2d(channels, shape.Channels, 4, stride: 2, padding: 1));
        layers.Add(new Tanh());
        return new Sequential([.. layers]);
    }
}
