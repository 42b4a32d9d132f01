using Understudy.Torch;
using Understudy.Torch.Serialization;

namespace Understudy.Generation.Translation;

/// <summary>A history of generated images, so that a discriminator does not forget what it has seen through.</summary>
/// <remarks>Shrivastava et al., CVPR 2017, 1612.07828, section 2.3, as CycleGAN uses it: of 50 images; each new one is shown, or with probability ½ exchanged for one of them.</remarks>
public sealed class ImagePool : IDisposable
{
    private readonly Tensor images;
    private readonly Tensor count;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="size">Images it holds.</param>
    /// <param name="shape">[C, H, W].</param>
    /// <param name="device">Where.</param>
    public ImagePool(int size, long[] shape, Device device)
    {
        images = TensorScope.Persist(Tensor.Zeros([size, .. shape], device: device));
        count = TensorScope.Persist(Tensor.Zeros([], DType.Int64));
        State = new StateDictionary { { "images", images }, { "count", count } };
    }

    /// <summary>What it holds, for checkpoints.</summary>
    public StateDictionary State { get; }

    /// <summary>As many images as are given, some of them earlier ones; without history.</summary>
    /// <param name="fake">[B, C, H, W].</param>
    public Tensor Exchange(Tensor fake)
    {
        using var noGrad = Autograd.NoGrad();
        var shown = new Tensor[fake.Size(0)];
        for (var i = 0; i < shown.Length; i++)
        {
            var image = fake.Narrow(0, i, 1).Detach();
            shown[i] = image;
            var held = count.Item<long>();
            if (held < images.Size(0))
            {
                images.Narrow(0, held, 1).CopyFrom(image);
                count.AddInPlace(1);
            }
            else if (Tensor.Rand([1]).Item<float>() < 0.5f)
            {
                var place = images.Narrow(0, Tensor.RandInt(0, held, [1]).Item<long>(), 1);
                shown[i] = place.Clone();
                place.CopyFrom(image);
            }
        }
        return Tensor.Cat(shown);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        images.Dispose();
        count.Dispose();
    }
}
