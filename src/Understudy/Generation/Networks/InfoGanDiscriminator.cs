using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>InfoGAN's discriminator and Q: a trunk that both share, and a head for each.</summary>
/// <remarks>Chen et al., NIPS 2016, 1606.03657, appendix; LReLU slope 0.1.</remarks>
public sealed class InfoGanDiscriminator : Module
{
    private const double Slope = 0.1;

    private readonly Module trunk;
    private readonly Module sourceHead;
    private readonly Module codeHead;

    /// <summary>Builds one.</summary>
    /// <param name="shape">28×28, 32×32 or 64×64.</param>
    /// <param name="codeParameters">Outputs of Q.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public InfoGanDiscriminator(ImageShape shape, long codeParameters)
    {
        var isMnist = Backbone.Doublings(shape) == 2;
        long[] widths = isMnist ? [64, 128] : shape.Height == 32 ? [64, 128, 256] : [64, 128, 256, 256];
        var layers = new List<Module>();
        long channels = shape.Channels;
        foreach (var width in widths)
        {
            layers.Add(new Conv2d(channels, width, 4, stride: 2, padding: 1, bias: layers.Count == 0));
            if (layers.Count > 1) layers.Add(new BatchNorm2d(width));
            layers.Add(new LeakyReLU(Slope));
            channels = width;
        }
        layers.Add(new Flatten());
        long features;
        if (isMnist)
        {
            features = 1024;
            layers.AddRange([new Linear(channels * 7 * 7, features, bias: false), new BatchNorm1d(features), new LeakyReLU(Slope)]);
        }
        else
        {
            features = channels * 4 * 4; // a 4×4 convolution on a 4×4 map is a linear layer
        }
        trunk = AddModule("trunk", new Sequential([.. layers]));
        sourceHead = AddModule("source", new Linear(features, 1));
        codeHead = AddModule("code", new Sequential(new Linear(features, 128, bias: false), new BatchNorm1d(128), new LeakyReLU(Slope), new Linear(128, codeParameters)));
    }

    /// <summary>Parameters of the head of Q alone.</summary>
    public Tensor[] CodeHeadParameters => codeHead.Parameters;

    /// <summary>Parameters of the trunk and of the discriminator's head.</summary>
    public Tensor[] SourceParameters => [.. trunk.Parameters, .. sourceHead.Parameters];

    /// <summary>The discriminator's logit, [B, 1].</summary>
    public override Tensor Forward(Tensor x) => sourceHead.Forward(trunk.Forward(x));

    /// <summary>The discriminator's logit, [B, 1], and Q's outputs, [B, code parameters].</summary>
    public (Tensor Source, Tensor Code) Heads(Tensor x)
    {
        var features = trunk.Forward(x);
        return (sourceHead.Forward(features), codeHead.Forward(features));
    }
}
