using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Denoising;

/// <summary>An encoder of convolutions with two heads: a code and a class.</summary>
internal sealed class LabellingEncoder : Module
{
    private readonly Module trunk;
    private readonly Module codeHead;
    private readonly Module classHead;

    public LabellingEncoder(ImageShape shape, int width, int latentSize, int classes)
    {
        trunk = AddModule("trunk", ConvolutionalCoder.Trunk(shape, width, out var features));
        codeHead = AddModule("code", new Linear(features, latentSize));
        classHead = AddModule("class", new Linear(features, classes));
    }

    /// <summary>[B, C, H, W] → class logits [B, K].</summary>
    public override Tensor Forward(Tensor x) => classHead.Forward(trunk.Forward(x));

    /// <summary>[B, C, H, W] → z [B, nz] and class logits [B, K].</summary>
    public (Tensor Z, Tensor Logits) Encode(Tensor x)
    {
        var features = trunk.Forward(x);
        return (codeHead.Forward(features), classHead.Forward(features));
    }
}
