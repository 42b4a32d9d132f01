using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Denoising;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Generation;

public sealed class TruncationTests
{
    // The class that follows the noise is none of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Noise_beyond_t_is_drawn_again_and_nothing_else(bool isUniform)
    {
        using var probe = new Probe(isUniform);
        probe.Truncation = 0.5;
        var input = probe.Drawn(400); // [400, 4 + 2]
        Assert.All(Column(input, 0, 4), z => Assert.InRange(z, -0.5, 0.5));
        Assert.Contains(Column(input, 4, 2), y => y == 1);
        probe.Truncation = null;
        Assert.Contains(Column(probe.Drawn(400), 0, 4), z => Math.Abs(z) > 0.5);

        static IEnumerable<float> Column(float[] rows, int start, int count) => rows.Where((_, i) => i % 6 >= start && i % 6 < start + count);
    }

    // Bits and codes on a circle would be replaced by numbers that the generator has never met.
    [Fact]
    public void Noise_without_a_middle_is_not_truncated()
    {
        var members = Images.Noise(12, 1, 28, 28, classes: 2);
        using var bits = (GeneratorSynthesizer)Create(Synthesizers.Get("gs-wgan"));
        Assert.Equal("gs-wgan draws noise that is not spread about 0, which cannot be truncated; leave 'truncation' out", Images.InputError(() => bits.Truncation = 0.5));
        using var circle = new Daae(new DaaeOptions { LatentSize = 2, Prior = CodePrior.Mixture }, members.Shape, []);
        Assert.Contains("truncated", Images.InputError(() => circle.Truncation = 2), StringComparison.Ordinal);
        using var normal = new Daae(new DaaeOptions { LatentSize = 2 }, members.Shape, []) { Truncation = 2 };

        Synthesizer Create(SynthesizerEntry entry) => entry.Create(SmallOptions.Of(entry, steps: 1, checkpointEvery: 1), members.Shape, members.ClassNames);
    }

    [Fact]
    public void Every_plane_of_a_pyramid_is_truncated()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(12, 1, 28, 28);
        var entry = Synthesizers.Get("lapgan");
        using var pyramid = (GeneratorSynthesizer)entry.Create(SmallOptions.Of(entry, steps: 1, checkpointEvery: 5), members.Shape, []);
        pyramid.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        // All noise near 0 gives images that are nearly alike, though the finest details come from a plane of their own.
        pyramid.Truncation = 0.05;
        Assert.True(Spread(pyramid.Sample(8, 1)) < 0.3 * Whole());

        double Whole()
        {
            pyramid.Truncation = null;
            return Spread(pyramid.Sample(8, 1));
        }

        static double Spread(ImageSet images) => Enumerable.Range(0, images.Shape.Length).Average(p =>
        {
            var values = Enumerable.Range(0, images.Count).Select(i => (double)images.Image(i)[p]).ToArray();
            return values.Average(v => Math.Abs(v - values.Average()));
        });
    }

    /// <summary>A generator that shows its input: noise of four entries and one of two classes.</summary>
    private sealed class Probe : GeneratorSynthesizer
    {
        private readonly bool isUniform;
        private readonly List<float> inputs = [];

        public Probe(bool isUniform)
            : base(new ImageShape(1, 1, 1), ["a", "b"], 4)
        {
            this.isUniform = isUniform;
            Build(0);
        }

        public override bool IsConditional => true;

        public override MethodCard Card { get; } = new("probe", "", "image", MethodCard.NoGuarantee);

        public float[] Drawn(int count)
        {
            inputs.Clear();
            Sample(count, 1);
            return [.. inputs];
        }

        public override long Fit(PrivateData<ImageSet> members, FitContext context) => 0;

        protected override Module BuildGenerator() => new Linear(6, 1);

        protected override Tensor Noise(long count) => isUniform ? (Tensor.Rand([count, 4]) * 2) - 1 : base.Noise(count);

        protected override Tensor Render(Tensor input)
        {
            inputs.AddRange(input.ToArray<float>());
            return Tensor.Zeros([input.Size(0), 1, 1, 1]);
        }
    }
}
