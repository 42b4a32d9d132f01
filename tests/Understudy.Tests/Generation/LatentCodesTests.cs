using Understudy.Generation.Gan;
using Understudy.Torch;

namespace Understudy.Tests.Generation;

public sealed class LatentCodesTests
{
    private static readonly LatentCodes Mnist = new([10], 2, fixStd: true);

    [Fact]
    public void The_paper_s_codes_for_mnist_and_svhn_have_the_paper_s_sizes()
    {
        Assert.Equal(74, 62 + Mnist.Size);
        Assert.Equal(168, 124 + new LatentCodes([10, 10, 10, 10], 4, fixStd: true).Size);
        Assert.Equal(["categorical-1", "continuous-1", "continuous-2"], Mnist.Names);
        Assert.Equal(12, Mnist.ParameterCount);
        Assert.Equal(14, new LatentCodes([10], 2, fixStd: false).ParameterCount);
    }

    [Fact]
    public void A_draw_has_one_category_and_reals_within_their_prior()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        var c = Mnist.Sample(500, Device.Cpu);
        var categories = c.Narrow(1, 0, 10);
        Assert.Equal(500, categories.Sum().Item<float>());
        Assert.Equal(1, categories.Amax([1]).Min().Item<float>());
        Assert.InRange(c.Narrow(1, 10, 2).Abs().Max().Item<float>(), 0.9f, 1f);
    }

    // L_I = E log Q + H: a Q that is certain and right gives H(c) = ln 10; one that knows nothing gives 0.
    [Fact]
    public void Categorical_information_is_ln_K_for_a_certain_Q_and_0_for_an_ignorant_one()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(2);
        var c = Mnist.Sample(64, Device.Cpu);
        Assert.Equal(Math.Log(10), Mnist.MutualInformation(c, c * 100).Categorical.Item<float>(), 1e-5);
        Assert.Equal(0, Mnist.MutualInformation(c, Tensor.ZerosLike(c)).Categorical.Item<float>(), 1e-5);
    }

    // log N(c; μ, 1) = -(c - μ)²/2 - ln √(2π); H(U(-1, 1)) = ln 2. By hand for c = 0.5, μ = 0.1 and c = -1, μ = 1.
    [Fact]
    public void Continuous_information_with_fixed_deviation_is_the_gaussian_log_density()
    {
        using var scope = new TensorScope();
        var codes = new LatentCodes([], 2, fixStd: true);
        var information = codes.MutualInformation(Tensor.From([0.5f, -1f], 1, 2), Tensor.From([0.1f, 1f], 1, 2)).Continuous;
        Assert.Equal((-0.08 - 2) - Math.Log(2 * Math.PI) + (2 * Math.Log(2)), information.Item<float>(), 1e-5);
    }

    // With a learned deviation σ = e^s: log N(c; μ, σ²) = -((c - μ)/σ)²/2 - s - ln √(2π).
    [Fact]
    public void Continuous_information_with_learned_deviation_divides_by_it()
    {
        using var scope = new TensorScope();
        var codes = new LatentCodes([], 1, fixStd: false);
        var information = codes.MutualInformation(Tensor.From([1f], 1, 1), Tensor.From([0f, (float)Math.Log(2)], 1, 2)).Continuous;
        Assert.Equal(-0.125 - Math.Log(2) - (0.5 * Math.Log(2 * Math.PI)) + Math.Log(2), information.Item<float>(), 1e-5);
    }

    [Fact]
    public void A_traversal_moves_one_code_and_leaves_the_others()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(3);
        var c = Mnist.Sample(4, Device.Cpu);
        var categories = Mnist.Traversal(c, 0, 5).ToArray();
        Assert.Equal(10, categories.Length);
        for (var k = 0; k < 10; k++)
        {
            Assert.All(categories[k].Narrow(1, 0, 10).ArgMax(1).ToArray<long>(), category => Assert.Equal(k, category));
            Assert.Equal(c.Narrow(1, 10, 2).Contiguous().ToArray<float>(), categories[k].Narrow(1, 10, 2).Contiguous().ToArray<float>());
        }
        var reals = Mnist.Traversal(c, 2, 5).Select(moved => moved.Narrow(1, 11, 1).ToArray<float>()[0]);
        Assert.Equal([-2f, -1f, 0f, 1f, 2f], reals);
    }
}
