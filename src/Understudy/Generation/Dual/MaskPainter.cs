using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;
using Understudy.Torch.Script;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Dual;

/// <summary>The networks of stage II: a U-Net that paints an image onto a mask, and a discriminator of patches that sees mask and image side by side.</summary>
/// <remarks>Isola et al., CVPR 2017, 1611.07004, as Guibas, Virdi, Li, 2017, 1709.01872, use it.</remarks>
internal sealed class MaskPainter : IDisposable
{
    private const string GeneratorFile = "painter.pt";
    private const string ScriptFile = "painter.ts";
    private const double DropProbability = 0.5;
    private const int Groups = 4;
    private const int SmallestMap = 4;
    private const int PaintBatch = 100;
    private readonly MaskCleaning cleaning;

    /// <summary>Makes the networks, from a seed.</summary>
    /// <param name="shape">The shape of a pair.</param>
    /// <param name="width">f: channels at the image's own size.</param>
    /// <param name="cleaning">How the masks that it learns from are cleaned.</param>
    /// <param name="mixes">Whether batch norm, which mixes the records of a batch, may be used; group norm, and none in the discriminator, where not.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="InputException">The size cannot be halved down to 4 or so.</exception>
    public MaskPainter(ImageShape shape, int width, MaskCleaning cleaning, bool mixes, ulong seed)
    {
        this.cleaning = cleaning;
        Shape = shape;
        var depth = 0;
        for (var side = Math.Min(shape.Height, shape.Width); side % 2 == 0 && side > SmallestMap; side /= 2) depth++;
        if (depth < 2 || shape.Height % (1 << depth) != 0 || shape.Width % (1 << depth) != 0)
            throw new InputException($"images are {shape}; stage II takes sides that can be halved twice or more, such as 64: set data.size");
        TorchRuntime.ManualSeed(seed);
        var channels = shape.WithoutMask.Channels;
        Func<long, Module>? normalization = mixes ? null : c => new GroupNorm(Math.Min(Groups, c), c);
        Generator = new Sequential(new UNet(1, channels, width, depth, DropProbability, normalization), new Tanh());
        Discriminator = PatchDiscriminator.Build(channels + 1, width, PatchDiscriminator.LayersFor(shape.Height), normalized: mixes);
        foreach (var network in new[] { Generator, Discriminator })
        {
            Initializers.Dcgan(network);
            network.To(Device);
        }
    }

    /// <summary>The shape of a pair.</summary>
    public ImageShape Shape { get; }

    /// <summary>G: masks [B, 1, H, W] → images [B, C, H, W], in [-1, 1] both.</summary>
    public Module Generator { get; }

    /// <summary>D: images and their mask [B, C + 1, H, W] → logits [B, 1, h, w].</summary>
    public Module Discriminator { get; }

    /// <summary>Where they are.</summary>
    public Device Device { get; } = TorchRuntime.DefaultDevice;

    /// <summary>What a training step takes of real pairs [B, C + 1, H, W]: images, and their masks cleaned and varied.</summary>
    public (Tensor Images, Tensor Masks) Take(Tensor pairs)
    {
        var channels = Shape.WithoutMask.Channels;
        return (pairs.Narrow(1, 0, channels), cleaning.Vary(cleaning.Smooth(pairs.Narrow(1, channels, 1))));
    }

    /// <summary>D's logits of images beside their masks.</summary>
    public Tensor Judge(Tensor images, Tensor masks) => Discriminator.Forward(Tensor.Cat([images, masks], 1));

    /// <summary>BCE(D, 1) of each record, [B], as the mean over its patches.</summary>
    public static Tensor Real(Tensor logits) => PerRecord(F.Softplus(-logits));

    /// <summary>BCE(D, 0) of each record, [B].</summary>
    public static Tensor Fake(Tensor logits) => PerRecord(F.Softplus(logits));

    /// <summary>The mean of each record, [B].</summary>
    public static Tensor PerRecord(Tensor x) => x.Flatten(1).Mean([1]);

    /// <summary>Paints an image onto each mask, [N, 1, H, W] in 0 and 255; the pairs.</summary>
    /// <param name="masks">The masks.</param>
    /// <param name="noise">Where given, dropout is at work as in training, and follows from this seed; otherwise one mask has one image.</param>
    public ImageSet Paint(ImageSet masks, ulong? noise = null)
    {
        var image = Shape.WithoutMask;
        var pixels = new byte[(long)masks.Count * image.Length];
        using var data = new ImageTensors(masks, PixelRange.SignedUnit, Device);
        using var noGrad = Autograd.NoGrad();
        Generator.Eval();
        Generator.Apply(part =>
        {
            if (noise is not null && part is Dropout) part.Train();
        });
        for (var start = 0; start < masks.Count; start += PaintBatch)
        {
            using var scope = new TensorScope();
            if (noise is { } seed) TorchRuntime.ManualSeed(Seed.Derive(seed, "paint", start));
            var painted = Generator.Forward(data.Images(start, Math.Min(PaintBatch, masks.Count - start)));
            ImageTensors.ToPixels(painted, PixelRange.SignedUnit).CopyTo(pixels, (long)start * image.Length);
        }
        Generator.Train();
        return ImagePairs.Join(new ImageSet(image, pixels), masks);
    }

    /// <summary>Writes G to a folder.</summary>
    public void Save(string directory)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        Generator.State.Save(Path.Combine(directory, GeneratorFile));
        ScriptExport.Save(Generator, Tensor.Zeros([2, 1, Shape.Height, Shape.Width], device: Device), Path.Combine(directory, ScriptFile));
    }

    /// <summary>Reads G from a folder.</summary>
    public void Load(string directory)
    {
        using var scope = new TensorScope();
        Generator.Load(StateDictionary.Load(Path.Combine(directory, GeneratorFile)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
    }
}
