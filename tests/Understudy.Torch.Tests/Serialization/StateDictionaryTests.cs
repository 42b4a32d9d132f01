using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;

namespace Understudy.Torch.Tests.Serialization;

public sealed class StateDictionaryTests
{
    private static readonly DType[] AllTypes = Enum.GetValues<DType>();

    [Fact]
    public void EveryTypeComesBack()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        Samples().Save(folder["s.pt"]);
        var loaded = StateDictionary.Load(folder["s.pt"]);
        AssertEqual(Samples(), loaded);
        Assert.Equal(["s.pt"], Directory.GetFiles(Path.GetDirectoryName(folder["s.pt"])!).Select(Path.GetFileName));
    }

    [Fact]
    public void EqualStatesMakeEqualFiles()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        Samples().Save(folder["a.pt"]);
        Samples().Save(folder["b.pt"]);
        Assert.Equal(File.ReadAllBytes(folder["a.pt"]), File.ReadAllBytes(folder["b.pt"]));
    }

    [Fact]
    public void PythonReadsOurs()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        Samples().Save(folder["s.pt"]);
        var text = Python.Run("""
            import sys, torch
            trusting = torch.load(sys.argv[1], weights_only=False)
            d = torch.load(sys.argv[1], weights_only=True)
            assert all(torch.equal(trusting[name], d[name]) for name in d)
            print(type(d).__name__)
            for name, t in d.items(): print(name, t.dtype, tuple(t.shape), t.is_contiguous(), t.to(torch.float64).flatten().tolist())
            """, folder["s.pt"]);
        var lines = text.Split('\n');
        Assert.Equal("OrderedDict", lines[0]);
        Assert.Equal("UInt8 torch.uint8 (2, 2) True [0.0, 1.0, 2.0, 3.0]", lines[1]);
        Assert.Equal("BFloat16 torch.bfloat16 (2, 2) True [0.0, 1.0, 2.0, 3.0]", lines[AllTypes.Length]);
        Assert.Equal("scalar torch.float32 () True [7.0]", lines[AllTypes.Length + 1]);
        Assert.Equal("empty torch.float32 (0, 3) True []", lines[AllTypes.Length + 2]);
        Assert.Equal("transposed torch.float32 (3, 2) True [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]", lines[AllTypes.Length + 3]);
        Assert.Equal("ümläut torch.float32 (1,) True [1.0]", lines[AllTypes.Length + 4]);
    }

    [Fact]
    public void PythonLoadsAModuleOfOurs()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        using var net = new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU(), new Flatten(), new Linear(8, 3));
        net.Eval();
        net.State.Save(folder["net.pt"]);
        var text = Python.Run("""
            import sys, torch
            from torch import nn
            net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3))
            net.load_state_dict(torch.load(sys.argv[1], weights_only=True))
            net.eval()
            print(*net(torch.arange(32.).reshape(2, 1, 4, 4)).flatten().tolist())
            """, folder["net.pt"]);
        var expected = net.Forward(Tensor.Arange(0, 32).Reshape(2, 1, 4, 4)).ToArray<float>();
        Assert.Equal(expected, text.Split(' ').Select(t => float.Parse(t)), (e, a) => Math.Abs(e - a) < 1e-5);
    }

    [Fact]
    public void ReadsWhatPythonWrites()
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        Python.Run("""
            import sys, torch
            from collections import OrderedDict
            base = torch.arange(12.)
            net = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1))
            for p in net.parameters(): torch.nn.init.constant_(p, 2.5)
            optimizer = torch.optim.Adam(net.parameters())
            net(torch.ones(2, 2)).sum().backward()
            optimizer.step()
            torch.save({
                'net': net.state_dict(), 'view': base.reshape(3, 4).t(), 'part': base[6:9], 'wide': torch.ones(1).expand(4),
                'bf16': torch.tensor([1.5], dtype=torch.bfloat16), 'parameter': torch.nn.Parameter(torch.ones(2)),
                'epoch': 3, 'big': 2**40, 'negative': -5, 'loss': 0.25, 'best': True, 'name': 'x', 'none': None, 'list': [1, 2.5], 5: torch.zeros(1),
                'optimizer': optimizer.state_dict(),
            }, sys.argv[1])
            """, folder["p.pt"]);
        var state = StateDictionary.Load(folder["p.pt"]);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], state.Under("net.").Names);
        Assert.Equal([0f, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], state["view"].ToArray<float>());
        Assert.Equal([4L, 3], state["view"].Shape);
        Assert.Equal([6f, 7, 8], state["part"].ToArray<float>());
        Assert.Equal([1f, 1, 1, 1], state["wide"].ToArray<float>());
        Assert.Equal([1.5f], state["bf16"].To(DType.Float32).ToArray<float>());
        Assert.Equal([1f, 1], state["parameter"].ToArray<float>());
        Assert.Equal(3, state["epoch"].Item<long>());
        Assert.Equal(1L << 40, state["big"].Item<long>());
        Assert.Equal(-5, state["negative"].Item<long>());
        Assert.Equal(0.25, state["loss"].Item<double>());
        Assert.True(state["best"].Item<bool>());
        Assert.Equal(2.5, state["list.1"].Item<double>());
        Assert.Equal([0f], state["5"].ToArray<float>());
        Assert.False(state.TryGetValue("name", out _));
        Assert.Equal([1L, 2], state["optimizer.state.0.exp_avg"].Shape);
        // Views of one tensor share memory here too.
        state["part"].Fill(-1);
        Assert.Equal(-1, state["view"].ToArray<float>()[2 * 3 + 1]);
    }

    [Fact]
    public void UnderTakesOneOfSeveral()
    {
        using var scope = new TensorScope();
        using var one = new Linear(1, 1);
        var all = new StateDictionary();
        all.AddRange("g.", one.State);
        all.AddRange("d.", one.State);
        Assert.Equal(["g.weight", "g.bias", "d.weight", "d.bias"], all.Names);
        Assert.Same(one.Bias, all.Under("d.")["bias"]);
    }

    private static StateDictionary Samples()
    {
        var state = new StateDictionary();
        foreach (var type in AllTypes) state.Add($"{type}", Tensor.Arange(0, type == DType.Bool ? 2 : 4, dtype: DType.Float32).Reshape(-1, 2).To(type));
        state.Add("scalar", Tensor.Full([], 7));
        state.Add("empty", Tensor.Zeros([0, 3]));
        state.Add("transposed", Tensor.Arange(0, 6).Reshape(2, 3).Transpose(0, 1));
        state.Add("ümläut", Tensor.Ones([1]));
        return state;
    }

    private static void AssertEqual(StateDictionary expected, StateDictionary actual)
    {
        Assert.Equal(expected.Names, actual.Names);
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(tensor.DType, actual[name].DType);
            Assert.Equal(tensor.Shape, actual[name].Shape);
            Assert.Equal(tensor.To(DType.Float64).ToArray<double>(), actual[name].To(DType.Float64).ToArray<double>());
        }
    }
}
