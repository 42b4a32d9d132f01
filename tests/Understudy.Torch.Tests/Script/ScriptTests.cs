using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;
using Understudy.Torch.Script;

namespace Understudy.Torch.Tests.Script;

public sealed class ScriptTests
{
    [Fact]
    public void PythonRunsOurGeneratorAtAnotherBatchSize()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        TorchRuntime.ManualSeed(3);
        using var generator = Generator();
        ScriptExport.Save(generator, Tensor.RandN([2, 16]), folder["g.ts"]);
        Assert.True(generator.IsTraining);
        var text = Python.Run("""
            import sys, torch
            g = torch.jit.load(sys.argv[1])
            print(*g.state_dict().keys())
            z = torch.linspace(-1, 1, 5 * 16).reshape(5, 16)
            print(*g(z).flatten().tolist())
            """, folder["g.ts"]).Split('\n');
        Assert.Equal(generator.State.Names.Order(), text[0].Split(' ').Order());
        generator.Eval();
        var expected = generator.Forward(Tensor.Linspace(-1, 1, 5 * 16).Reshape(5, 16));
        Assert.Equal([5L, 3, 16, 16], expected.Shape);
        var actual = Tensor.From(text[1].Split(' ').Select(float.Parse).ToArray(), 5, 3, 16, 16);
        Assert.InRange((expected - actual).Abs().Max().Item<float>(), 0, 1e-6);
        Assert.InRange(expected.Abs().Max().Item<float>(), 0.01, 1);
    }

    [Fact]
    public void OursIsReadBackWithInputGradientsButFrozen()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        using var generator = Generator();
        ScriptExport.Save(generator, Tensor.RandN([1, 16]), folder["g.ts"]);
        using var loaded = ScriptModule.Load(folder["g.ts"]);
        generator.Eval();
        var z = Tensor.RandN([4, 16]);
        Assert.False(loaded.Forward(z).RequiresGrad);
        z.RequiresGrad = true;
        var ours = Autograd.Grad([generator.Forward(z).Sum()], [z])[0]!;
        var theirs = Autograd.Grad([loaded.Forward(z).Sum()], [z])[0]!;
        Assert.True((ours - theirs).Abs().Max().Item<float>() < 1e-5);
        loaded.To(Device.Cpu);
        loaded.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loaded.Forward(z));
    }

    [Fact]
    public void RunsWhatPythonTraced()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        var expected = Python.Run("""
            import sys, torch
            torch.manual_seed(0)
            class Two(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Tanh())
                def forward(self, x, y): return self.net(x) * y
            two = Two().eval()
            torch.jit.trace(two, (torch.randn(2, 3), torch.randn(2, 1))).save(sys.argv[1])
            print(*two(torch.arange(9.).reshape(3, 3), torch.ones(3, 1)).flatten().tolist())
            """, folder["p.ts"]).Split(' ').Select(float.Parse);
        using var module = ScriptModule.Load(folder["p.ts"]);
        var actual = module.Forward(Tensor.Arange(0, 9).Reshape(3, 3), Tensor.Ones([3, 1])).ToArray<float>();
        Assert.Equal(expected, actual, (e, a) => Math.Abs(e - a) < 1e-6);
    }

    [Fact]
    public void EveryLayerTracesFreeOfTheBatchSize()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        using var net = new Sequential(
            new SpectralNorm(new Conv2d(4, 8, 3, padding: 1)), new GroupNorm(2, 8), new SiLU(), new Upsample(), new ReflectionPad2d(1), new AvgPool2d(2),
            new Upsample(2, UpsampleMode.Linear), new InstanceNorm(8, affine: true), new PixelShuffle(2), new AdaptiveAvgPool2d(4), new ConvTranspose2d(2, 2, 3), new MaxPool2d(2),
            new Reshape(6, 3), new LayerNorm([3]), new Linear(3, 8), new MultiheadAttention(8, 2), new Dropout(), new GELU(), new Flatten(), new Softmax());
        var x = Tensor.RandN([3, 4, 4, 4]);
        ScriptExport.Save(net, x, folder["n.ts"]);
        using var loaded = ScriptModule.Load(folder["n.ts"]);
        net.Eval();
        var other = Tensor.RandN([5, 4, 4, 4]);
        Assert.True((net.Forward(other) - loaded.Forward(other)).Abs().Max().Item<float>() < 1e-6);
    }

    [Fact]
    public void AnExceptionOfTheForwardPassComesOutAsItself()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        using var module = new Failing();
        var live = LiveTensors.Count();
        Assert.Equal("on purpose", Assert.Throws<NotSupportedException>(() => ScriptExport.Save(module, Tensor.Ones([1]), folder["f.ts"])).Message);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder["f.ts"])!));
        Assert.False(Functional.IsTracing);
        Assert.Equal(live + 1, LiveTensors.Count()); // the example
    }

    [Fact]
    public void AFixedBatchSizeIsRefused()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        using var module = new FixedBatch();
        var e = Assert.Throws<InvalidOperationException>(() => ScriptExport.Save(module, Tensor.Ones([3, 4]), folder["f.ts"]));
        Assert.StartsWith("the trace of FixedBatch works for a batch of 3 only", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["f.ts"]));
    }

    [Fact]
    public void AnInputMayBeTheOutput()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        using var module = new Sequential();
        var x = Tensor.Ones([3, 4]);
        ScriptExport.Save(module, x, folder["i.ts"]);
        Assert.Equal(12, x.Sum().Item<float>());
        using var loaded = ScriptModule.Load(folder["i.ts"]);
        Assert.Equal(12, loaded.Forward(x).Sum().Item<float>());
    }

    private static Sequential Generator()
    {
        var generator = new Sequential(
            new Linear(16, 32 * 4 * 4, bias: false), new BatchNorm1d(32 * 4 * 4), new ReLU(), new Reshape(32, 4, 4),
            new ConvTranspose2d(32, 24, 4, stride: 2, padding: 1), new BatchNorm2d(24), new ReLU(),
            new ConvTranspose2d(24, 3, 4, stride: 2, padding: 1), new Tanh());
        Initializers.Dcgan(generator);
        for (var i = 0; i < 20; i++) generator.Forward(Tensor.RandN([16, 16])); // moves the running statistics
        return generator;
    }

    private sealed class Failing : Module
    {
        public override Tensor Forward(Tensor x) => throw new NotSupportedException("on purpose");
    }

    private sealed class FixedBatch : Module
    {
        public override Tensor Forward(Tensor x) => x.Reshape(x.Shape[0], 2, 2);
    }
}
