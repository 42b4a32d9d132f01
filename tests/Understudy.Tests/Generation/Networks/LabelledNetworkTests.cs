using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Tests.Generation.Networks;

public sealed class LabelledNetworkTests
{
    private static readonly ImageShape Shape = new(1, 28, 28);

    /// <summary>
    /// Two corners that no patch of the convolutions holds together. A score that adds up patches cannot say that they do not fit each other: what both
    /// corners change together is what each changes alone.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Distant_parts_of_an_image_are_judged_together(bool hidden)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        using Module network = hidden ? new Sequential(DcDiscriminator.Trunk(Shape, 4, 16), new Linear(16, 1)) : DcDiscriminator.Build(Shape, 4, normalized: false);
        var images = Tensor.Zeros([4, 1, 28, 28]); // nothing, one corner, the other, both
        foreach (var (image, corner) in new[] { (1, 0), (2, 22), (3, 0), (3, 22) })
            images.Narrow(0, image, 1).Narrow(2, corner, 6).Narrow(3, corner, 6).AddInPlace(5);
        var d = network.Forward(images).ToArray<float>();
        var together = Math.Abs(d[3] - d[2] - d[1] + d[0]);
        if (hidden) Assert.True(together > 1e-3, $"{together}");
        else Assert.Equal(0, together, 1e-5);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(64)]
    public void A_projection_judges_an_image_by_the_vector_of_its_class(int size)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        using var network = new ProjectionDiscriminator(new ImageShape(3, size, size), 2, 4, 8);
        var x = Tensor.RandN([5, 3, size, size]);
        var (first, second) = (Class(0), Class(1));
        var before = network.Forward(x, first).ToArray<float>();
        Assert.Equal([5, 1], network.Forward(x, first).Shape);
        Assert.NotEqual(before, network.Forward(x, second).ToArray<float>());
        using (Autograd.NoGrad()) network.NamedParameters.Single(p => p.Key == "classes.weight").Value.Narrow(0, 1, 1).AddInPlace(1);
        Assert.Equal(before, network.Forward(x, first).ToArray<float>());

        Tensor Class(long y) => Tensor.From([y, y, y, y, y]).OneHot(2).To(DType.Float32);
    }

    /// <summary>The penalty on its slopes asks for this.</summary>
    [Fact]
    public void A_projection_judges_an_image_by_itself_whatever_is_beside_it()
    {
        using var scope = new TensorScope();
        using var network = new ProjectionDiscriminator(Shape, 2, 4, 8);
        var (x, y) = (Tensor.RandN([6, 1, 28, 28]), Tensor.From([0L, 1L, 0L, 1L, 0L, 1L]).OneHot(2).To(DType.Float32));
        Assert.Equal(network.Forward(x, y).ToArray<float>()[2], network.Forward(x.Narrow(0, 2, 1), y.Narrow(0, 2, 1)).Item<float>(), 1e-5f);
    }

    [Fact]
    public void A_generator_has_a_hidden_layer_only_if_it_is_asked_for()
    {
        using var scope = new TensorScope();
        using var with = DcGenerator.Build(6, Shape, 4, hidden: 10);
        using var without = DcGenerator.Build(6, Shape, 4);
        Assert.Equal([10, 6], ((Linear)with[0]).Weight.Shape);
        Assert.Equal([8 * 7 * 7, 6], ((Linear)without[0]).Weight.Shape);
        Assert.Equal([3, 1, 28, 28], with.Forward(Tensor.RandN([3, 6])).Shape);
    }
}
