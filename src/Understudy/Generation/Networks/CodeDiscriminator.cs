using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>A discriminator of codes: two hidden layers of 8f.</summary>
public static class CodeDiscriminator
{
    private const double Slope = 0.2;

    /// <summary>Builds one: [B, latentSize] → [B, 1] logits.</summary>
    /// <param name="latentSize">nz.</param>
    /// <param name="width">f.</param>
    public static Sequential Build(long latentSize, int width) => new(
        new Linear(latentSize, 8L * width), new LeakyReLU(Slope),
        new Linear(8L * width, 8L * width), new LeakyReLU(Slope),
        new Linear(8L * width, 1));
}
