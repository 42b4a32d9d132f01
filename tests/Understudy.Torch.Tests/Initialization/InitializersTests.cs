using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;

namespace Understudy.Torch.Tests.Initialization;

public sealed class InitializersTests
{
    public static TheoryData<string, Func<Tensor, Tensor>> All => new()
    {
        { "Normal", w => Initializers.Normal(w, 0.5, 2) },
        { "Uniform", w => Initializers.Uniform(w, -3, 1) },
        { "XavierUniform", w => Initializers.XavierUniform(w, 1.5) },
        { "XavierNormal", w => Initializers.XavierNormal(w, 1.5) },
        { "KaimingUniform", w => Initializers.KaimingUniform(w, 0.2) },
        { "KaimingNormal", w => Initializers.KaimingNormal(w, 0.2) },
        { "Orthogonal", w => Initializers.Orthogonal(w, 1.5) },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void DrawsAreThoseOfPyTorch(string name, Func<Tensor, Tensor> initialize)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(Golden.Seed);
        var weight = Tensor.Empty([4, 3, 2, 2]);
        weight.RequiresGrad = true;
        Assert.Same(weight, initialize(weight));
        Golden.AssertEqual(Golden.Under("others.initializers")[name], weight.Detach(), name);
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    public void OrthogonalIs(long rows, long columns)
    {
        using var scope = new TensorScope();
        var w = Initializers.Orthogonal(Tensor.Empty([rows, columns], DType.Float64), 2);
        var gram = rows < columns ? w.MatMul(w.Transpose(0, 1)) : w.Transpose(0, 1).MatMul(w);
        Assert.True((gram - (4 * Tensor.Eye(3, DType.Float64))).Abs().Max().Item<double>() < 1e-12);
    }

    [Fact]
    public void VectorsHaveNoFan()
    {
        using var scope = new TensorScope();
        Assert.Throws<ArgumentException>(() => Initializers.XavierNormal(Tensor.Empty([3])));
    }

    // 32,768 draws: the mean is within 5 standard errors (1.1e-4 each) and the spread within 3 % but for less than one run in a million.
    [Fact]
    public void DcganReachesWeightsNormsAndBiases()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(2);
        using var net = new Sequential(new SpectralNorm(new ConvTranspose2d(64, 32, 4)), new BatchNorm2d(32));
        Initializers.Dcgan(net);
        var weight = net.State["0.weight_orig"];
        Assert.Equal(0, weight.Mean().Item<float>(), 5.5e-4);
        Assert.Equal(0.02, weight.Std([0, 1, 2, 3]).Item<float>(), 6e-4);
        Assert.Equal(0, net.State["0.bias"].Abs().Max().Item<float>());
        Assert.Equal(1, net.State["1.weight"].Mean().Item<float>(), 0.02);
        Assert.NotEqual(1, net.State["1.weight"].Max().Item<float>());
    }
}
