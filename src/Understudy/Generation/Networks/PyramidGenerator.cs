using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>LAPGAN's generators: one draws a coarse image, each of the others adds the details of twice the size.</summary>
/// <remarks>Denton, Chintala, Szlam, Fergus, NIPS 2015, 1506.05751, figure 1: I_k = up(I_(k+1)) + G_k(z_k, up(I_(k+1))).</remarks>
public sealed class PyramidGenerator : Module
{
    private const int Kernel = 5;

    private readonly long latentSize;
    private readonly Module coarsest;
    private readonly Module[] levels;
    private readonly ImageShape[] shapes;

    /// <summary>Builds one.</summary>
    /// <param name="latentSize">nz: numbers that the coarsest image is drawn from.</param>
    /// <param name="shape">Shape of the finest image.</param>
    /// <param name="width">f: channels of the hidden layers.</param>
    public PyramidGenerator(long latentSize, ImageShape shape, int width)
    {
        this.latentSize = latentSize;
        shapes = Pyramid.Shapes(shape);
        coarsest = AddModule("coarsest", CoarseGenerator.Build(latentSize, shapes[0], width));
        levels = [.. shapes.Skip(1).Select((s, k) => AddModule($"level{k + 1}", new Sequential(
            new Conv2d(s.Channels + 1, width, Kernel, padding: Kernel / 2, bias: false), new BatchNorm2d(width), new ReLU(),
            new Conv2d(width, width, Kernel, padding: Kernel / 2, bias: false), new BatchNorm2d(width), new ReLU(),
            new Conv2d(width, s.Channels, Kernel, padding: Kernel / 2))))];
    }

    /// <summary>Numbers in the whole noise: nz, and a plane of each finer size.</summary>
    public long NoiseSize => latentSize + shapes.Skip(1).Sum(shape => (long)shape.Height * shape.Width);

    /// <summary>All the noise, [B, <see cref="NoiseSize"/>], to the finest image, [B, C, H, W].</summary>
    public override Tensor Forward(Tensor x)
    {
        var image = coarsest.Forward(x.Narrow(1, 0, latentSize));
        for (var k = 1; k < shapes.Length; k++)
        {
            var enlarged = Pyramid.Up(image);
            image = enlarged + Details(k, x, enlarged);
        }
        return image;
    }

    /// <summary>The coarsest image of all the noise.</summary>
    public Tensor Coarsest(Tensor noise) => coarsest.Forward(noise.Narrow(1, 0, latentSize));

    /// <summary>h = G_k(z_k, up): the details of a level, of the shape of <paramref name="enlarged"/>.</summary>
    /// <param name="level">k, from 1, the coarsest but one.</param>
    /// <param name="noise">All the noise.</param>
    /// <param name="enlarged">up(I_(k+1)), the coarser image at this level's size.</param>
    public Tensor Details(int level, Tensor noise, Tensor enlarged)
    {
        var (_, height, width) = shapes[level];
        var start = latentSize + shapes[1..level].Sum(shape => (long)shape.Height * shape.Width);
        var plane = noise.Narrow(1, start, (long)height * width).Reshape(-1, 1, height, width); // [B, 1, h, w]
        return levels[level - 1].Forward(Tensor.Cat([plane, enlarged], 1));
    }
}
