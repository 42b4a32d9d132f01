using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;

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
    /// <param name="shape">28×28, 32×32, 64×64 or 128×128.</param>
    /// <param name="width">f: channels of the first layer, of which all others are multiples; 64 in the paper.</param>
    /// <param name="codeParameters">Outputs of Q.</param>
    /// <param name="normalized">Whether batch norm is used as in the paper. It mixes records, so a private trunk goes without.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public InfoGanDiscriminator(ImageShape shape, int width, long codeParameters, bool normalized = true)
    {
        var doublings = Backbone.Doublings(shape);
        var isMnist = doublings == 2;
        long[] widths = [width, 2 * width, .. Enumerable.Repeat(4L * width, doublings - 2)];
        var layers = new List<Module>();
        long channels = shape.Channels;
        foreach (var next in widths)
        {
            layers.Add(new Conv2d(channels, next, 4, stride: 2, padding: 1, bias: layers.Count == 0 || !normalized));
            if (layers.Count > 1 && normalized) layers.Add(new BatchNorm2d(next));
            layers.Add(new LeakyReLU(Slope));
            channels = next;
        }
        layers.Add(new Flatten());
        long features;
        if (isMnist)
        {
            features = 16L * width;
            layers.Add(new Linear(channels * 7 * 7, features, bias: !normalized));
            if (normalized) layers.Add(new BatchNorm1d(features));
            layers.Add(new LeakyReLU(Slope));
        }
        else
        {
            features = channels * 4 * 4; // a 4×4 convolution on a 4×4 map is a linear layer
        }
        trunk = AddModule("trunk", new Sequential([.. layers]));
        sourceHead = AddModule("source", new Linear(features, 1));
        codeHead = AddModule("code", normalized
            ? new Sequential(new Linear(features, 2L * width, bias: false), new BatchNorm1d(2L * width), new LeakyReLU(Slope), new Linear(2L * width, codeParameters))
            : new Sequential(new Linear(features, 2L * width), new LeakyReLU(Slope), new Linear(2L * width, codeParameters)));
        Source = new Sequential(trunk, sourceHead);
    }

    /// <summary>Parameters of the head of Q alone.</summary>
    public Tensor[] CodeHeadParameters => codeHead.Parameters;

    /// <summary>The discriminator alone: the trunk and its head.</summary>
    public Module Source { get; }

    /// <summary>The discriminator's logit, [B, 1].</summary>
    public override Tensor Forward(Tensor x) => sourceHead.Forward(trunk.Forward(x));

    /// <summary>The discriminator's logit, [B, 1], and Q's outputs, [B, code parameters].</summary>
    public (Tensor Source, Tensor Code) Heads(Tensor x)
    {
        var features = trunk.Forward(x);
        return (sourceHead.Forward(features), codeHead.Forward(features));
    }

    /// <summary>Reads the first categorical code of each image through Q, [N].</summary>
    public int[] ReadCategory(ImageSet images, PixelRange range, LatentCodes codes, Device device)
    {
        using var data = new ImageTensors(images, range, device);
        using var noGrad = Autograd.NoGrad();
        Eval();
        var categories = new List<int>(images.Count);
        const int batch = 500;
        for (var start = 0; start < images.Count; start += batch)
        {
            using var scope = new TensorScope();
            var (_, code) = Heads(data.Images(start, Math.Min(batch, images.Count - start)));
            categories.AddRange(code.Narrow(1, 0, codes.Categorical[0]).ArgMax(1).ToArray<long>().Select(c => (int)c));
        }
        return [.. categories];
    }
}
