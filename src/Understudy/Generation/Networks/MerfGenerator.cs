using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>The small generator of DP-MERF: two linear layers, then two convolutions between bilinear enlargements.</summary>
/// <remarks>Harder, Adamczewski, Park, AISTATS 2021, 2002.11603: few parameters, because a mean has little to say about details.</remarks>
public static class MerfGenerator
{
    private const int Hidden = 200;

    /// <summary>Builds one: [B, inputs] → [B, C, H, W] in [0, 1].</summary>
    /// <param name="inputs">Latent size, and the condition's if there is one.</param>
    /// <param name="shape">Height and width multiples of 4.</param>
    /// <param name="width">Channels of the first feature map, even.</param>
    /// <exception cref="InputException">The size is no multiple of 4.</exception>
    public static Sequential Build(long inputs, ImageShape shape, int width)
    {
        if (shape.Height % 4 != 0 || shape.Width % 4 != 0) throw new InputException($"images are {shape}; this generator enlarges twice, so it takes heights and widths that are multiples of 4: set data.size");
        var (height, length) = (shape.Height / 4, shape.Width / 4);
        return new Sequential(
            new Linear(inputs, Hidden), new BatchNorm1d(Hidden), new ReLU(),
            new Linear(Hidden, (long)width * height * length), new BatchNorm1d((long)width * height * length), new ReLU(),
            new Reshape(width, height, length),
            new Upsample(2, UpsampleMode.Linear), // [B, w, H/2, W/2]
            new Conv2d(width, width / 2, 5, padding: 2), new ReLU(),
            new Upsample(2, UpsampleMode.Linear), // [B, w/2, H, W]
            new Conv2d(width / 2, shape.Channels, 5, padding: 2), new Sigmoid());
    }
}
