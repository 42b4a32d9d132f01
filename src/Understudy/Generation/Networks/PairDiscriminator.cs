using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>A discriminator of pairs of image and code: the features of each, joined, go through linear layers.</summary>
/// <remarks>As in Dumoulin et al., ICLR 2017, 1606.00704, appendix; without batch norm, and with dropout on what is joined.</remarks>
public sealed class PairDiscriminator : Module
{
    private const double Slope = 0.2;
    private const double Dropped = 0.2;

    private readonly Module ofImage;
    private readonly Module ofCode;
    private readonly Module ofBoth;

    /// <summary>Builds one.</summary>
    /// <param name="shape">28×28, 32×32 or 64×64.</param>
    /// <param name="latentSize">nz.</param>
    /// <param name="width">f: channels of the first layer; 8f numbers are made of a code.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public PairDiscriminator(ImageShape shape, long latentSize, int width)
    {
        var hidden = 8L * width;
        ofImage = AddModule("image", new Sequential([.. DcDiscriminator.Layers(shape, width, 0, normalized: false, layer => layer)]));
        ofCode = AddModule("code", new Sequential(new Linear(latentSize, hidden), new LeakyReLU(Slope), new Linear(hidden, hidden), new LeakyReLU(Slope)));
        ofBoth = AddModule("both", new Sequential(
            new Dropout(Dropped), new Linear(DcDiscriminator.FeatureCount(shape, width) + hidden, 2 * hidden), new LeakyReLU(Slope),
            new Dropout(Dropped), new Linear(2 * hidden, 1)));
        Initializers.Dcgan(ofImage);
    }

    /// <summary>Logits [B, 1] of images [B, C, H, W] and codes [B, nz].</summary>
    public Tensor Forward(Tensor x, Tensor z) => ofBoth.Forward(Tensor.Cat([ofImage.Forward(x), ofCode.Forward(z)], 1));
}
