using Understudy.Data;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Training;

public sealed class ImageTensorsTests
{
    [Theory]
    [InlineData(PixelRange.SignedUnit, -1f)]
    [InlineData(PixelRange.Unit, 0f)]
    public void Every_byte_survives_the_way_to_a_tensor_and_back(PixelRange range, float black)
    {
        using var scope = new TensorScope();
        var bytes = Enumerable.Range(0, 256).Select(v => (byte)v).ToArray();
        using var data = new ImageTensors(new ImageSet(new ImageShape(1, 16, 16), bytes), range, Device.Cpu);
        var (images, labels) = data.Batch([0]);
        Assert.Null(labels);
        Assert.Equal([1, 1, 16, 16], images.Shape);
        Assert.Equal(black, images.Min().Item<float>());
        Assert.Equal(1f, images.Max().Item<float>());
        Assert.Equal(bytes, ImageTensors.ToPixels(images, range));
    }

    [Fact]
    public void A_batch_holds_the_chosen_images_with_their_labels()
    {
        using var scope = new TensorScope();
        using var data = new ImageTensors(new ImageSet(new ImageShape(1, 1, 1), [10, 20, 30], [0, 1, 0], ["a", "b"]), PixelRange.Unit, Device.Cpu);
        var (images, labels) = data.Batch([2, 1]);
        Assert.Equal([30, 20], ImageTensors.ToPixels(images, PixelRange.Unit));
        Assert.Equal([0L, 1L], labels!.ToArray<long>());
    }
}
