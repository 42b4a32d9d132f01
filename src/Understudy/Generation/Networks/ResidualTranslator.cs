using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>CycleGAN's generator: two strided convolutions, residual blocks, two transposed convolutions, all with instance norm.</summary>
/// <remarks>Zhu et al., ICCV 2017, 1703.10593, appendix; reflection padding where the paper has it.</remarks>
public static class ResidualTranslator
{
    /// <summary>Builds one: [B, inputs, H, W] → [B, outputs, H, W] in [-1, 1]; H and W are multiples of 4.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="width">f: channels at full size, 4f at a quarter of it.</param>
    /// <param name="blocks">Residual blocks.</param>
    public static Sequential Build(long inputs, long outputs, int width, int blocks)
    {
        var layers = new List<Module>
        {
            new ReflectionPad2d(3), new Conv2d(inputs, width, 7), new InstanceNorm(width), new ReLU(), // [B, f, H, W]
            new Conv2d(width, 2L * width, 3, stride: 2, padding: 1), new InstanceNorm(2L * width), new ReLU(), // [B, 2f, H/2, W/2]
            new Conv2d(2L * width, 4L * width, 3, stride: 2, padding: 1), new InstanceNorm(4L * width), new ReLU(), // [B, 4f, H/4, W/4]
        };
        for (var i = 0; i < blocks; i++) layers.Add(new ResidualBlock(4L * width, channels => new InstanceNorm(channels), reflects: true));
        layers.AddRange([
            new ConvTranspose2d(4L * width, 2L * width, 4, stride: 2, padding: 1), new InstanceNorm(2L * width), new ReLU(),
            new ConvTranspose2d(2L * width, width, 4, stride: 2, padding: 1), new InstanceNorm(width), new ReLU(),
            new ReflectionPad2d(3), new Conv2d(width, outputs, 7), new Tanh(),
        ]);
        return new Sequential([.. layers]);
    }
}
