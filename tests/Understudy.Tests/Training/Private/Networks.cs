using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Tests.Training.Private;

/// <summary>Small networks of the kinds that are trained privately.</summary>
internal static class Networks
{
    public static Sequential Perceptron() => new(new Linear(6, 8), new Torch.Modules.Tanh(), new Linear(8, 8), new ReLU(), new Linear(8, 1));

    /// <summary>The discriminator of a DCGAN for [B, 1, 12, 12], without normalisation or with groups.</summary>
    public static Sequential Discriminator(bool normalized = false)
    {
        var layers = new List<Module> { new Conv2d(1, 4, 4, 2, 1), new LeakyReLU(0.2), new Conv2d(4, 8, 4, 2, 1, bias: !normalized) };
        if (normalized) layers.Add(new GroupNorm(2, 8));
        layers.AddRange([new LeakyReLU(0.2), new Flatten(), new Linear(8 * 3 * 3, 1)]);
        return new Sequential([.. layers]);
    }

    /// <summary>A residual network with group normalisation for [B, 3, 8, 8].</summary>
    public sealed class Residual : Module
    {
        private readonly Conv2d stem = new(3, 4, 3, padding: 1, bias: false);
        private readonly GroupNorm first = new(2, 4);
        private readonly Conv2d inner = new(4, 4, 3, padding: 1, bias: false);
        private readonly GroupNorm second = new(2, 4);
        private readonly Conv2d shortcut = new(4, 8, 1, stride: 2);
        private readonly Conv2d outer = new(4, 8, 3, stride: 2, padding: 1);
        private readonly Linear head = new(8, 3);

        public Residual()
        {
            foreach (var (name, part) in new (string, Module)[] { ("stem", stem), ("first", first), ("inner", inner), ("second", second), ("shortcut", shortcut), ("outer", outer), ("head", head) })
                AddModule(name, part);
        }

        public override Tensor Forward(Tensor x)
        {
            var h = stem.Forward(x);
            h += inner.Forward(Functional.Relu(first.Forward(h)));
            var g = Functional.Relu(second.Forward(h));
            return head.Forward((outer.Forward(g) + shortcut.Forward(g)).Mean([2, 3]));
        }
    }

    /// <summary>A transformer block over tokens [B, T] (Int64), whose output layer is tied to its embedding.</summary>
    public sealed class Transformer : Module
    {
        private readonly Embedding tokens = new(7, 8);
        private readonly LayerNorm before = new([8]);
        private readonly MultiheadAttention attention = new(8, 2);
        private readonly LayerNorm after = new([8]);
        private readonly Linear wide = new(8, 16);
        private readonly Linear narrow = new(16, 8);

        public Transformer()
        {
            foreach (var (name, part) in new (string, Module)[] { ("tokens", tokens), ("before", before), ("attention", attention), ("after", after), ("wide", wide), ("narrow", narrow) })
                AddModule(name, part);
        }

        public override Tensor Forward(Tensor x)
        {
            var h = tokens.Forward(x);
            h += attention.Forward(before.Forward(h), Functional.CausalMask(x.Size(1)));
            h += narrow.Forward(Functional.Gelu(wide.Forward(after.Forward(h))));
            return Functional.Linear(h, tokens.Weight, null); // [B, T, 7]
        }
    }

    /// <summary>A perceptron for images [B, 1, H, W] whose first two pixels are categories, of four levels each, with a vector for each level.</summary>
    public sealed class Categorical : Module
    {
        private const int Levels = 4;
        private readonly Embedding levels = new(2 * Levels, 3);
        private readonly Linear hidden;
        private readonly Linear head;

        public Categorical(long pixels, long classes)
        {
            AddModule("levels", levels);
            hidden = AddModule("hidden", new Linear((2 * 3) + pixels - 2, 8));
            head = AddModule("head", new Linear(8, classes));
        }

        public override Tensor Forward(Tensor x)
        {
            var pixels = x.Flatten(1); // [B, pixels], in [-1, 1]
            var level = ((pixels.Narrow(1, 0, 2) + 1) * (Levels / 2.0)).Clamp(max: Levels - 1).To(DType.Int64) + Tensor.From([0L, Levels]); // a part of the table for each
            var h = Tensor.Cat([levels.Forward(level).Flatten(1), pixels.Narrow(1, 2, pixels.Size(1) - 2)], 1);
            return head.Forward(hidden.Forward(h).Tanh());
        }
    }

    /// <summary>A recurrent network that reads images [B, 1, H, W] row by row.</summary>
    public sealed class Recurrent : Module
    {
        private readonly GRU units;
        private readonly Linear head;

        public Recurrent(long width, long classes)
        {
            units = AddModule("units", new GRU(width, 5));
            head = AddModule("head", new Linear(5, classes));
        }

        public override Tensor Forward(Tensor x) => head.Forward(units.Forward(x.Squeeze(1)).Select(1, x.Size(2) - 1));
    }
}
