using Understudy.Generation.Embedding;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Generation.Embedding;

public sealed class FeatureMapTests
{
    /// <summary>φ by automatic differentiation of the network, one record at a time.</summary>
    [Fact]
    public void Neural_tangent_features_are_normalised_gradients()
    {
        using var scope = new TensorScope();
        using var features = new NeuralTangentFeatures(12, 7, seed: 3, Device.Cpu);
        var x = Tensor.Rand([4, 1, 4, 3]);
        var weights = Tensor.From([1f, 0, 0, 2, 1, 0, 0, 1], 4, 2);
        var sums = features.Sums(x, weights);
        Assert.Equal([2, (7 * 12) + 7 + 7 + 1], sums.Shape);
        var expected = Tensor.ZerosLike(sums);
        for (var i = 0; i < 4; i++)
        {
            var (u, b, v) = features.Weights;
            var c = Tensor.Zeros([1]);
            foreach (var parameter in new[] { u, b, v, c }) parameter.RequiresGrad = true;
            (features.Evaluate(x.Narrow(0, i, 1).Flatten(1), u, b, v) + c).Backward();
            var phi = Tensor.Cat([u.Grad!.Flatten(), b.Grad!, v.Grad!, c.Grad!]);
            expected.AddInPlace(weights.Select(0, i).Outer(phi / phi.Norm([0])));
        }
        Assert.Equal(0, (sums - expected).Abs().Max().Item<float>(), 1e-4f);
    }

    /// <summary>A sum of Gaussian kernels. The mean of 20,000 products of cosines has a standard error of 0.005 at most; the tolerance is six of them.</summary>
    [Fact]
    public void Products_of_random_features_approximate_the_mean_of_the_kernels()
    {
        using var scope = new TensorScope();
        using var features = new RandomFourierFeatures(5, 40_000, [0.5, 2], seed: 1, Device.Cpu);
        var x = Tensor.Rand([2, 5]);
        var phi = features.Of(x);
        var squared = (x.Select(0, 0) - x.Select(0, 1)).Square().Sum().Item<float>();
        var kernel = (Math.Exp(-squared / (2 * 0.25)) + Math.Exp(-squared / (2 * 4))) / 2;
        Assert.Equal(kernel, phi.Select(0, 0).Dot(phi.Select(0, 1)).Item<float>(), 0.03);
    }
}
