using Understudy.Generation.Denoising;
using Understudy.Torch;

namespace Understudy.Tests.Generation.Denoising;

public sealed class CorruptionTests
{
    private const int Copies = 5;
    private const int Images = 20_000;

    // A linear encoder E(x) = mean of 4 pixels: Var E(x̃) = σ²/4, and 1/M of it for an average of M codes. 20,000 draws fix a mean to
    // σ/2/√20000 and a variance to a part in 100; four standard errors, so that a right program fails one time in 16,000 a comparison.
    [Fact]
    public void An_average_of_codes_has_the_expectation_of_one_and_a_variance_M_times_smaller()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(11);
        var corruption = new Corruption(0.5);
        var x = Tensor.Full([Images, 1, 2, 2], 0.25);
        var one = Code(corruption.Of(x));
        var average = corruption.AverageCode(Code, x, Copies);
        Assert.Equal(0.25, one.Mean().Item<float>(), 4 * 0.25 / Math.Sqrt(Images));
        Assert.Equal(0.25, average.Mean().Item<float>(), 4 * 0.25 / Math.Sqrt(Images * Copies));
        Assert.Equal(0.0625, one.Var([0]).Item<float>(), 4 * 0.01 * 0.0625);
        Assert.Equal(0.0625 / Copies, average.Var([0]).Item<float>(), 4 * 0.01 * 0.0625 / Copies);
    }

    // E(x) = x² tells the two averages apart: E over ε of E(x̃) is x² + σ², of E(mean of x̃) is x² + σ²/M. Same four standard errors.
    [Fact]
    public void Codes_are_averaged_and_images_only_where_the_quirk_is_asked_for()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(12);
        var corruption = new Corruption(1);
        var x = Tensor.Full([Images, 1, 1, 1], 0.5);
        Assert.Equal(1.25, corruption.AverageCode(Square, x, Copies).Mean().Item<float>(), 0.05);
        Assert.Equal(0.45, corruption.AverageCode(Square, x, Copies, averageImages: true).Mean().Item<float>(), 0.05);
    }

    [Fact]
    public void All_copies_go_through_the_encoder_at_once()
    {
        using var scope = new TensorScope();
        var shapes = new List<long>();
        new Corruption(0.1).AverageCode(
            images =>
            {
                shapes.Add(images.Size(0));
                return Code(images);
            },
            Tensor.Zeros([3, 1, 2, 2]), Copies);
        Assert.Equal([15], shapes);
    }

    [Fact]
    public void An_average_is_of_copies_of_the_same_image()
    {
        using var scope = new TensorScope();
        var x = Tensor.From([0f, 1f, 2f], 3, 1, 1, 1);
        Assert.Equal([0f, 1f, 2f], new Corruption(0).AverageCode(Code, x, Copies).ToArray<float>());
    }

    [Fact]
    public void Noise_leaves_the_range_unless_it_is_clipped()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(13);
        var x = Tensor.Full([100, 1, 2, 2], 0.5);
        Assert.True(new Corruption(1).Of(x).Max().Item<float>() > 1);
        Assert.InRange(new Corruption(1, Clip: true).Of(x).Max().Item<float>(), 0, 1);
    }

    private static Tensor Code(Tensor images) => images.Flatten(1).Mean([1], keepDim: true); // [B, 1]

    private static Tensor Square(Tensor images) => Code(images).Square();
}
