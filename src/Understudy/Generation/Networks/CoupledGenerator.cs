using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>Two generators of one noise that share their first layers, which decide what is shown, and differ in the last, which decide how.</summary>
/// <remarks>Liu, Tuzel, NIPS 2016, 1606.07536, section 3.</remarks>
public sealed class CoupledGenerator : Module
{
    // The last two convolutions, with what is between and after them.
    private const int PrivateLayers = 5;

    private readonly Module shared;
    private readonly Module first;
    private readonly Module second;

    /// <summary>Builds one; see <see cref="DcGenerator"/>.</summary>
    /// <param name="inputs">Latent size.</param>
    /// <param name="firstShape">Shape of the first domain's images.</param>
    /// <param name="secondShape">Shape of the second's; it may differ in channels alone.</param>
    /// <param name="width">f: channels of the last hidden layer.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public CoupledGenerator(long inputs, ImageShape firstShape, ImageShape secondShape, int width)
    {
        var layers = DcGenerator.Layers(inputs, firstShape, width);
        var split = layers.Count - PrivateLayers;
        shared = AddModule("shared", new Sequential([.. layers.Take(split)]));
        first = AddModule("first", new Sequential([.. layers.Skip(split)]));
        second = AddModule("second", new Sequential([.. DcGenerator.Layers(inputs, secondShape, width).Skip(split)]));
    }

    /// <summary>The image of the first domain, [B, C, H, W].</summary>
    public override Tensor Forward(Tensor x) => first.Forward(shared.Forward(x));

    /// <summary>The images of both domains.</summary>
    public (Tensor First, Tensor Second) Both(Tensor z)
    {
        var features = shared.Forward(z);
        return (first.Forward(features), second.Forward(features));
    }
}
