using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>InfoGAN's generator: [B, noise and codes] → [B, C, H, W].</summary>
/// <remarks>Chen et al., NIPS 2016, 1606.03657, appendix: 28×28 ends in a sigmoid (the mean of a Bernoulli), 32×32 in a tanh; larger ones are ours, with more layers.</remarks>
public static class InfoGanGenerator
{
    /// <summary>Builds one.</summary>
    /// <param name="inputs">Length of noise and codes.</param>
    /// <param name="shape">28×28, 32×32, 64×64 or 128×128.</param>
    /// <param name="width">f: channels of the last hidden layer, of which all others are multiples; 64 in the paper.</param>
    /// <exception cref="InputException">The image is not 28×28, 32×32, 64×64 or 128×128.</exception>
    public static Sequential Build(long inputs, ImageShape shape, int width)
    {
        var doublings = Backbone.Doublings(shape);
        if (doublings == 2)
        {
            return new Sequential(
                new Linear(inputs, 16L * width, bias: false), new BatchNorm1d(16L * width), new ReLU(),
                new Linear(16L * width, 7 * 7 * 2L * width, bias: false), new BatchNorm1d(7 * 7 * 2L * width), new ReLU(),
                new Reshape(2L * width, 7, 7),
                new ConvTranspose2d(2L * width, width, 4, stride: 2, padding: 1, bias: false), new BatchNorm2d(width), new ReLU(),
                new ConvTranspose2d(width, shape.Channels, 4, stride: 2, padding: 1), new Sigmoid());
        }
        var layers = new List<Module>
        {
            new Reshape(inputs, 1, 1),
            new ConvTranspose2d(inputs, 7L * width, 2, bias: false), new BatchNorm2d(7L * width), new ReLU(), // [B, 7f, 2, 2]
        };
        var channels = 7L * width;
        foreach (var next in (long[])[.. Enumerable.Repeat(4L * width, doublings - 2), 2 * width, width])
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
