using System.Globalization;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation.Denoising;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Denoising;

/// <summary>Mistakes that are known of denoising adversarial autoencoders, looked for in whole trainings.</summary>
public sealed class TrapTests
{
    private static readonly ImageSet Members = Images.Noise(30, 1, 7, 5);

    [Fact]
    public void Images_are_averaged_in_place_of_codes_only_where_the_quirk_is_asked_for()
    {
        var plain = new IdaaeOptions { Steps = 1, BatchSize = 16, Width = 32, LatentSize = 4, Sigma = 3, Copies = 50 };
        Assert.False(plain.ReproduceQuirk);
        // An average of 50 images is nearly the image, and what is encoded nearly without noise; an average of 50 codes of images lost in noise is not.
        var (codes, images, clean) = (Codes(plain), Codes(plain with { ReproduceQuirk = true }), Codes(plain with { Sigma = 0 }));
        Assert.True(Distance(images, clean) < 0.5 * Distance(codes, clean), $"{Distance(images, clean)} and {Distance(codes, clean)}");

        // The codes' part in the discriminator's first step: with one copy there is nothing to average.
        Assert.Equal(Losses(plain with { Copies = 1 }), Losses(plain with { Copies = 1, ReproduceQuirk = true }));
        Assert.NotEqual(Losses(plain), Losses(plain with { ReproduceQuirk = true }));

        static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => Math.Pow(x - y, 2)).Sum());

        float[] Codes(IdaaeOptions options)
        {
            using var scope = new TensorScope();
            TorchRuntime.ManualSeed(3);
            using var encoder = new Understudy.Torch.Modules.Sequential(
                new Understudy.Torch.Modules.Flatten(), new Understudy.Torch.Modules.Linear(35, 32), new Understudy.Torch.Modules.ReLU(), new Understudy.Torch.Modules.Linear(32, 4));
            using var noGrad = Autograd.NoGrad();
            var x = Tensor.From(Array.ConvertAll(Members.Pixels, p => p / 255f), 30, 1, 7, 5);
            return new Corruption(options.Sigma).AverageCode(encoder.Forward, x, options.Copies, options.ReproduceQuirk).ToArray<float>();
        }
    }

    // Against a black image the cross-entropy ln(1 + e^l) is never negative, and near 0 once the decoder says black. Against noise about black it would be ln(1 + e^l) - t l with a t of
    // either sign, and negative in about every other step: in none of 40 with a probability of 10⁻¹².
    [Fact]
    public void A_semi_supervised_reconstruction_has_the_clean_image_as_its_target()
    {
        var black = new ImageSet(new ImageShape(1, 28, 28), new byte[16 * 784], [.. Enumerable.Range(0, 16).Select(i => i % 2)], ["a", "b"]);
        using var folder = new TempFolder();
        using var model = new SsDaae(new SsDaaeOptions { Steps = 120, BatchSize = 8, Width = 4, LatentSize = 4, Sigma = 1, LearningRate = 1e-2 }, black.Shape, black.ClassNames);
        model.Train(black, new FitContext(folder.Path, 1), null);
        var losses = File.ReadLines(folder["losses.csv"]).TakeLast(40).Select(line => double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture)).ToArray();
        Assert.All(losses, loss => Assert.InRange(loss, 0, 0.1));
    }

    [Fact]
    public void Predicted_classes_are_taught_by_reconstructions_only_after_the_steps_that_detach_them()
    {
        Assert.True(new SsDaaeOptions().DetachSteps > 0);
        Assert.Equal(ClassHead(detachSteps: 1), ClassHead(detachSteps: 5));
        Assert.NotEqual(ClassHead(detachSteps: 0), ClassHead(detachSteps: 1));

        static float[] ClassHead(int detachSteps)
        {
            var members = Images.Noise(20, 1, 28, 28, classes: 2);
            using var folder = new TempFolder();
            using var model = new SsDaae(
                new SsDaaeOptions { Steps = 1, BatchSize = 4, Width = 4, LatentSize = 5, DetachSteps = detachSteps, ReconstructionWeight = 1e4 }, members.Shape, members.ClassNames);
            model.Train(members, new FitContext(folder.Path, 1), null);
            return model.Probabilities(members);
        }
    }

    // One image that is called bright in the held-out set is black: to find it too, the threshold lets nearly every dark image pass. Chosen on the test images, which are told
    // apart without a mistake, the threshold would spare all of them.
    [Fact]
    public void The_operating_point_comes_from_held_out_images()
    {
        using var folder = new TempFolder();
        var heldOut = Halves(40, 2, mistaken: 1);
        var options = new SsDaaeOptions { Steps = 100, BatchSize = 8, Width = 4, LatentSize = 5, DetachSteps = 20, LearningRate = 2e-3 };
        var result = LimitedLabels.Measure(LimitedLabelMethod.Cnn, 10, options, Halves(60, 1), heldOut, Halves(40, 3), new FitContext(folder.Path, 1));
        Assert.InRange(result.Auc, 0.99, 1);
        Assert.True(result.Specificities[^1] < 0.9, $"{result.Specificities[^1]}"); // at a sensitivity of 0.99
        Assert.True(result.Specificities[0] > 0.9, $"{result.Specificities[0]}"); // at one of 0.8, which needs no mistaken image
    }

    private static double[] Losses(IdaaeOptions options)
    {
        using var folder = new TempFolder();
        using var model = new Idaae(options, Members.Shape, []);
        model.Fit(Members.Private(folder), new FitContext(folder.Path, 1));
        return Array.ConvertAll(File.ReadAllLines(folder["losses.csv"])[1].Split(','), text => double.Parse(text, CultureInfo.InvariantCulture));
    }

    /// <summary>Every fourth image is bright, and called so; of those after them some are black, and called bright by mistake.</summary>
    private static ImageSet Halves(int count, int seed, int mistaken = 0)
    {
        var noise = Images.Noise(count, 1, 28, 28, seed: seed);
        bool IsMistaken(int i) => i % 4 == 1 && i / 4 < mistaken;
        var pixels = noise.Pixels.Select((value, at) => IsMistaken(at / 784) ? (byte)0 : (byte)((value / 3) + (at / 784 % 4 == 0 ? 160 : 0))).ToArray();
        return new ImageSet(noise.Shape, pixels, [.. Enumerable.Range(0, count).Select(i => i % 4 == 0 || IsMistaken(i) ? 1 : 0)], ["dark", "bright"]);
    }
}
