using FsCheck;
using FsCheck.Fluent;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Tests.Training.Private;

/// <summary>Every layer with a rule, in random shapes from a fixed seed, against one record at a time.</summary>
public sealed class LayerRuleTests
{
    private sealed record Shapes(int Batch, int Groups, int PerGroup, int Outputs, int Kernel, int Stride, int Dilation, int Padding, int Size, bool Bias, int Seed)
    {
        public int Inputs => Groups * PerGroup;
    }

    private static readonly Arbitrary<Shapes> All = (
        from batch in Gen.Choose(0, 4)
        from groups in Gen.Choose(1, 2)
        from perGroup in Gen.Choose(1, 3)
        from outputs in Gen.Choose(1, 3)
        from kernel in Gen.Choose(1, 4)
        from stride in Gen.Choose(1, 3)
        from dilation in Gen.Choose(1, 2)
        from padding in Gen.Choose(0, 2)
        from size in Gen.Choose(0, 3)
        from bias in Gen.Elements(true, false)
        from seed in Gen.Choose(1, 1000)
        select new Shapes(batch, groups, perGroup, outputs * groups, kernel, stride, dilation, padding, (dilation * (kernel - 1)) + 1 + size, bias, seed)).ToArbitrary();

    private static void ForAll(Func<Shapes, (Module Layer, Tensor Input)> make, int tests = 12) =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(tests).WithReplay(20260102UL, 5UL), Prop.ForAll(All, shapes =>
        {
            foreach (var dtype in new[] { DType.Float32, DType.Float64 })
            {
                using var scope = new TensorScope();
                TorchRuntime.ManualSeed((ulong)shapes.Seed);
                var (layer, x) = make(shapes);
                using var network = layer;
                Randomize(network);
                network.To(dtype);
                var input = x.IsFloatingPoint ? x.To(dtype) : x;
                // Something that makes the losses' second derivatives with respect to the output differ from 0.
                Oracle.Agrees(network, rows => Rows(network.Forward(Rows(input, rows)).Tanh()), shapes.Batch);
            }
            return true;
        }));

    // Normalisations start at γ = 1 and β = 0, which would hide an error.
    private static void Randomize(Module network)
    {
        using var noGrad = Autograd.NoGrad();
        foreach (var parameter in network.Parameters) parameter.FillNormal(0, 0.5);
    }

    private static Tensor Rows(Tensor x, Range rows) => x.Narrow(0, rows.Start.Value, rows.End.Value - rows.Start.Value);

    // Σ y² a record.
    private static Tensor Rows(Tensor y) => y.Reshape(y.Size(0), -1).Square().Sum([1]);

    [Fact]
    public void Linear() => ForAll(s => (new Linear(s.Inputs, s.Outputs, s.Bias), Tensor.RandN([s.Batch, s.Inputs])));

    [Fact]
    public void Linear_over_tokens() => ForAll(s => (new Linear(s.Inputs, s.Outputs, s.Bias), Tensor.RandN([s.Batch, s.Size, s.Kernel, s.Inputs])));

    [Fact]
    public void Conv1d() => ForAll(s => (new Conv1d(s.Inputs, s.Outputs, s.Kernel, s.Stride, s.Padding, s.Dilation, s.Groups, s.Bias), Tensor.RandN([s.Batch, s.Inputs, s.Size])));

    [Fact]
    public void Conv2d() => ForAll(s => (new Conv2d(s.Inputs, s.Outputs, s.Kernel, s.Stride, s.Padding, s.Dilation, s.Groups, s.Bias), Tensor.RandN([s.Batch, s.Inputs, s.Size, s.Size + 1])), 40);

    [Fact]
    public void Conv3d() => ForAll(s => (new Conv3d(s.Inputs, s.Outputs, s.Kernel, s.Stride, s.Padding, s.Dilation, s.Groups, s.Bias), Tensor.RandN([s.Batch, s.Inputs, s.Size, s.Size, s.Size + 1])));

    [Fact]
    public void ConvTranspose2d() => ForAll(
        s => (new ConvTranspose2d(s.Inputs, s.Outputs, s.Kernel, s.Stride, Crop(s), OutputPadding(s), s.Dilation, s.Groups, s.Bias), Tensor.RandN([s.Batch, s.Inputs, Small(s), Small(s) + 1])), 40);

    [Fact]
    public void ConvTranspose3d() => ForAll(
        s => (new ConvTranspose3d(s.Inputs, s.Outputs, s.Kernel, s.Stride, Crop(s), OutputPadding(s), s.Dilation, s.Groups, s.Bias), Tensor.RandN([s.Batch, s.Inputs, Small(s), 1, Small(s) + 1])));

    // So many output channels take another way through the library.
    [Fact]
    public void Wide_ConvTranspose2d() => ForAll(
        s => (new ConvTranspose2d(s.Inputs, 16 * s.Groups, s.Kernel, s.Stride, Crop(s), OutputPadding(s), s.Dilation, s.Groups, s.Bias), Tensor.RandN([s.Batch, s.Inputs, Small(s), Small(s)])));

    [Fact]
    public void Embedding() => ForAll(s => (new Embedding(s.Size + 2, s.Outputs), Tensor.RandInt(0, s.Size + 2, [s.Batch, s.Kernel, s.Stride])));

    [Fact]
    public void Embedding_of_one_index() => ForAll(s => (new Embedding(s.Size + 2, s.Outputs), Tensor.RandInt(0, s.Size + 2, [s.Batch])));

    [Fact]
    public void GroupNorm() => ForAll(s => (new GroupNorm(s.Groups, 2 * s.Inputs), Tensor.RandN([s.Batch, 2 * s.Inputs, s.Size, s.Size + 1])));

    [Fact]
    public void GroupNorm_without_places() => ForAll(s => (new GroupNorm(s.Groups, 2 * s.Inputs), Tensor.RandN([s.Batch, 2 * s.Inputs])));

    [Fact]
    public void LayerNorm() => ForAll(s => (new LayerNorm([s.Size, s.Inputs + 1]), Tensor.RandN([s.Batch, s.Kernel, s.Size, s.Inputs + 1])));

    [Fact]
    public void InstanceNorm() => ForAll(s => (new InstanceNorm(s.Inputs, affine: true), Tensor.RandN([s.Batch, s.Inputs, s.Size, s.Size + 1])));

    [Fact]
    public void BatchNorm_with_fixed_statistics() => ForAll(s =>
    {
        var layer = new BatchNorm2d(s.Inputs);
        layer.RunningMean.FillNormal();
        layer.RunningVar.FillUniform(0.5, 2);
        layer.Eval();
        return (layer, Tensor.RandN([s.Batch, s.Inputs, s.Size, s.Size]));
    });

    [Fact]
    public void SpectralNorm_of_linear_layers() => ForAll(s => (Settled(new Linear(s.Inputs, s.Outputs, s.Bias)), Tensor.RandN([s.Batch, s.Stride, s.Inputs])));

    [Fact]
    public void SpectralNorm_of_convolutions() => ForAll(
        s => (Settled(new Conv2d(s.Inputs, s.Outputs, s.Kernel, s.Stride, s.Padding, s.Dilation, s.Groups, s.Bias)), Tensor.RandN([s.Batch, s.Inputs, s.Size, s.Size])));

    [Fact]
    public void SpectralNorm_of_transposed_convolutions() => ForAll(
        s => (Settled(new ConvTranspose2d(s.Inputs, s.Outputs, s.Kernel, s.Stride, Crop(s), OutputPadding(s), s.Dilation, s.Groups, s.Bias)), Tensor.RandN([s.Batch, s.Inputs, Small(s), Small(s)])));

    [Fact]
    public void Self_attention() => ForAll(s => (new MultiheadAttention(4 * s.Groups, 2), Tensor.RandN([s.Batch, s.Size, 4 * s.Groups])));

    [Fact]
    public void Cross_attention() => ForAll(s => (new Crossed(4 * s.Groups), Tensor.RandN([s.Batch, s.Size + 1, 4 * s.Groups])));

    // Each weight is used at every step, so that its gradients add over time before any norm.
    [Fact]
    public void Recurrent_units() => ForAll(s => (new GRU(s.Inputs, s.Outputs), Tensor.RandN([s.Batch, s.Kernel, s.Inputs])));

    // A power iteration in training would give each pass another weight.
    private static SpectralNorm Settled(WeightedModule layer)
    {
        var network = new SpectralNorm(layer);
        network.Eval();
        return network;
    }

    private static long Crop(Shapes s) => Math.Min(s.Padding, s.Dilation * (s.Kernel - 1) / 2);

    private static long OutputPadding(Shapes s) => Math.Min(s.Seed % 2, Math.Max(s.Stride, s.Dilation) - 1);

    private static long Small(Shapes s) => s.Size % 3 + 1;

    // The first token asks, the others answer; then all ask each other, with the same weights.
    private sealed class Crossed : Module
    {
        private readonly MultiheadAttention attention;

        public Crossed(long features) => attention = AddModule("attention", new MultiheadAttention(features, 2));

        public override Tensor Forward(Tensor x)
        {
            var (query, rest) = (x.Narrow(1, 0, 1), x.Narrow(1, 1, x.Size(1) - 1));
            var crossed = attention.Forward(query, rest, rest);
            return x.Size(1) % 2 == 0 ? crossed : attention.Forward(Tensor.Cat([crossed, rest], 1));
        }
    }
}
