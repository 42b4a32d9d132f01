using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>LAPGAN's discriminators: one of coarse images, and one of details beside what they are added to at each finer size.</summary>
/// <remarks>Denton, Chintala, Szlam, Fergus, NIPS 2015, 1506.05751, section 3.2.</remarks>
public sealed class PyramidDiscriminator : Module
{
    private const double Slope = 0.2;
    private const double Dropped = 0.3;
    private const int Kernel = 5;

    private readonly Module coarsest;
    private readonly Module[] levels;

    /// <summary>Builds one.</summary>
    /// <param name="shape">Shape of the finest image.</param>
    /// <param name="width">f: channels of the first layer.</param>
    public PyramidDiscriminator(ImageShape shape, int width)
    {
        var shapes = Pyramid.Shapes(shape);
        coarsest = AddModule("coarsest", CoarseDiscriminator.Build(shapes[0], width));
        levels = [.. shapes.Skip(1).Select((s, k) => AddModule($"level{k + 1}", new Sequential(
            new Conv2d(2L * s.Channels, width, Kernel, stride: 2, padding: Kernel / 2), new LeakyReLU(Slope), // [B, f, ⌈h/2⌉, ⌈w/2⌉]
            new Conv2d(width, 2L * width, Kernel, stride: 2, padding: Kernel / 2), new LeakyReLU(Slope), // [B, 2f, ⌈h/4⌉, ⌈w/4⌉]
            new Flatten(), new Dropout(Dropped), new Linear(2L * width * Quarter(s.Height) * Quarter(s.Width), 1))))];
    }

    /// <summary>The logit [B, 1] of a coarsest image.</summary>
    public Tensor Coarsest(Tensor image) => coarsest.Forward(image);

    /// <summary>The logit [B, 1] of details.</summary>
    /// <param name="level">k, from 1, the coarsest but one.</param>
    /// <param name="details">h, [B, C, h, w].</param>
    /// <param name="enlarged">What they are added to, of the same shape.</param>
    public Tensor Details(int level, Tensor details, Tensor enlarged) => levels[level - 1].Forward(Tensor.Cat([details, enlarged], 1));

    private static int Quarter(int length) => (length + 3) / 4;
}
