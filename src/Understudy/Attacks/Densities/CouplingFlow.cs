using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Attacks.Densities;

/// <summary>
/// A normalising flow of affine couplings (Dinh, Sohl-Dickstein and Bengio, "Density estimation using Real NVP", ICLR 2017, equations 7
/// and 8): one half of the features scales and shifts the other, the halves changing places from layer to layer.
/// </summary>
internal sealed class CouplingFlow : Module
{
    private const int Layers = 6;
    private const int Width = 64;
    private const double LargestLogScale = 2;

    private readonly long _features;
    private readonly Module[] _conditioners;

    /// <summary>Builds one for vectors of at least two features.</summary>
    public CouplingFlow(int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 2);
        _features = features;
        _conditioners = new Module[Layers];
        for (var layer = 0; layer < Layers; layer++)
        {
            var (kept, changed) = Halves(layer);
            _conditioners[layer] = AddModule($"conditioner{layer}", new Sequential(
                new Linear(kept, Width), new ReLU(), new Linear(Width, Width), new ReLU(), new Linear(Width, 2 * changed)));
        }
    }

    /// <summary>[B, D] → [B] natural logarithm of the density.</summary>
    public override Tensor Forward(Tensor x)
    {
        Tensor? logDeterminant = null;
        for (var layer = 0; layer < Layers; layer++)
        {
            var (kept, changed) = Halves(layer);
            Tensor given = x.Narrow(1, 0, kept), moved = x.Narrow(1, kept, changed);
            var parameters = _conditioners[layer].Forward(given); // [B, 2 D/2]
            var logScale = parameters.Narrow(1, 0, changed).Tanh() * LargestLogScale;
            moved = moved * logScale.Exp() + parameters.Narrow(1, changed, changed);
            x = Tensor.Cat([moved, given], 1);
            var sum = logScale.Sum([1]);
            logDeterminant = logDeterminant is null ? sum : logDeterminant + sum;
        }
        return x.Square().Sum([1]) * -0.5 - _features / 2.0 * Math.Log(2 * Math.PI) + logDeterminant!;
    }

    private (long Kept, long Changed) Halves(int layer)
    {
        var half = _features / 2;
        return layer % 2 == 0 ? (half, _features - half) : (_features - half, half);
    }
}
