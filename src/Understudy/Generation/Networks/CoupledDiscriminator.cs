using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>Two discriminators that differ in their first layer and share the others.</summary>
/// <remarks>Liu, Tuzel, NIPS 2016, 1606.07536, section 3. Without batch norm, whose running averages two domains cannot share.</remarks>
public sealed class CoupledDiscriminator : Module
{
    // The first convolution and its activation.
    private const int PrivateLayers = 2;

    private readonly Module first;
    private readonly Module second;
    private readonly Module shared;

    /// <summary>Builds one; see <see cref="DcDiscriminator"/>.</summary>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public CoupledDiscriminator(ImageShape firstShape, ImageShape secondShape, int width)
    {
        var layers = DcDiscriminator.Layers(firstShape, width, 0, normalized: false, layer => layer);
        first = AddModule("first", new Sequential([.. layers.Take(PrivateLayers)]));
        second = AddModule("second", new Sequential([.. DcDiscriminator.Layers(secondShape, width, 0, normalized: false, layer => layer).Take(PrivateLayers)]));
        shared = AddModule("shared", new Sequential([.. layers.Skip(PrivateLayers), new Linear(DcDiscriminator.FeatureCount(firstShape, width), 1)]));
    }

    /// <summary>Logits, [B, 1], of images of each domain.</summary>
    public (Tensor First, Tensor Second) Both(Tensor x1, Tensor x2) => (shared.Forward(first.Forward(x1)), shared.Forward(second.Forward(x2)));
}
