using Understudy.Sampling.Walk;
using Understudy.Torch;

namespace Understudy.Tests.Sampling.Walk;

public sealed class PlanLossTests
{
    // T = 4 points of two entries, N = 3 identities, 2 classes: two images between the ends.
    private static readonly float[] Path = [0, 0, 1, 0, 1, 2, 3, 2];
    private static readonly float[] IdentityLogits = [0, 0, 0, MathF.Log(4), 0, 0];
    private static readonly float[] ClassLogits = [0, 0, MathF.Log(3), 0];

    [Fact]
    public void Terms_are_those_computed_by_hand()
    {
        using var scope = new TensorScope();
        Assert.Equal([1 + 4 + 4], PlanLoss.SquaredSteps(Tensor.From(Path, 1, 4, 2), asPublished: false).ToArray<float>());
        // Probabilities (2/3, 1/6, 1/6): KL(U ‖ p) = -ln 3 - (ln 2/3 + 2 ln 1/6)/3.
        var uneven = -Math.Log(3) - ((Math.Log(2 / 3.0) + (2 * Math.Log(1 / 6.0))) / 3);
        var divergence = PlanLoss.UniformDivergence(Tensor.From(IdentityLogits, 2, 3)).ToArray<float>();
        Assert.Equal(0, divergence[0], 6);
        Assert.Equal(uneven, divergence[1], 6);
        // Class 0 has probability 1/2 and 3/4.
        var classes = Math.Log(2) + Math.Log(4 / 3.0);
        Assert.Equal(9 + (0.1 / 4 * uneven) + (classes / 4), Loss(new WalkOptions(), Path), 5);
        // One chunk of two images weighs a half each.
        Assert.Equal(9 + (0.1 / 2 * uneven) + (classes / 2), Loss(new WalkOptions { AsPublished = true }, Path), 4);
        Assert.Equal((2 * 9) + (0.5 / 4 * uneven) + (3 * classes / 4), Loss(new WalkOptions { IdentityWeight = 0.5, DistanceWeight = 2, ClassWeight = 3 }, Path), 5);
    }

    [Fact]
    public void Divergence_is_from_uniform_to_prediction_and_not_the_reverse()
    {
        using var scope = new TensorScope();
        // An identity whose probability vanishes costs without bound; the reverse divergence is at most ln N.
        var logits = Tensor.From([0f, 0f, -200f], 1, 3);
        Assert.True(PlanLoss.UniformDivergence(logits).Item<float>() > 60);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(8)]
    public void Chunks_of_four_weigh_as_a_quarter_where_four_divides(int images) =>
        Assert.Equal(PlanLoss.ImageWeights(images, asPublished: false), PlanLoss.ImageWeights(images, asPublished: true));

    [Fact]
    public void A_sum_over_chunks_is_no_mean_over_images()
    {
        // The authors' loop over 6 images: a chunk of 4 and one of 2, each the chunk's mean.
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f, 0.5f, 0.5f], PlanLoss.ImageWeights(6, asPublished: true));
        Assert.Equal(12, PlanLoss.ImageWeights(48, asPublished: false).Sum());
    }

    [Fact]
    public void Gradient_is_that_of_finite_differences()
    {
        using var scope = new TensorScope();
        var path = Tensor.From(Array.ConvertAll(Path, x => (double)x), 1, 4, 2);
        var toIdentities = Tensor.From([0.3, -0.2, 0.5, 0.1, 0.4, -0.6], 2, 3);
        var toClasses = Tensor.From([0.7, -0.1, 0.2, 0.9], 2, 2);
        path.RequiresGrad = true;
        Of(path).Backward();
        var gradient = path.Grad!.ToArray<double>();
        const double h = 1e-6;
        for (var i = 0; i < gradient.Length; i++)
        {
            double Moved(double by)
            {
                var values = Array.ConvertAll(Path, x => (double)x);
                values[i] += by;
                return Of(Tensor.From(values, 1, 4, 2)).Item<double>();
            }
            Assert.Equal((Moved(h) - Moved(-h)) / (2 * h), gradient[i], 5);
        }

        Tensor Of(Tensor p)
        {
            var images = p.Narrow(1, 1, 2).Reshape(2, 2);
            return PlanLoss.Of(p, images.MatMul(toIdentities), images.MatMul(toClasses), Tensor.From([0L, 0L]), new WalkOptions()).Sum();
        }
    }

    private static float Loss(WalkOptions options, float[] path)
    {
        using var scope = new TensorScope();
        return PlanLoss.Of(Tensor.From(path, 1, 4, 2), Tensor.From(IdentityLogits, 2, 3), Tensor.From(ClassLogits, 2, 2), Tensor.From([0L, 0L]), options).Item<float>();
    }
}
