using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Training;

/// <summary>An image set on a device, from which batches are taken in the range that a network wants.</summary>
public sealed class ImageTensors : IDisposable
{
    private readonly Tensor pixels; // [N, C, H, W] UInt8
    private readonly Tensor? labels; // [N] Int64

    /// <summary>Copies a set to a device, 8 bits a value.</summary>
    public ImageTensors(ImageSet set, PixelRange range, Device device)
    {
        Range = range;
        Device = device;
        using var scope = new TensorScope();
        pixels = scope.Detach(Tensor.From(set.Pixels, set.Count, set.Shape.Channels, set.Shape.Height, set.Shape.Width).To(device));
        if (set.Labels is { } classes) labels = scope.Detach(Tensor.From(Array.ConvertAll(classes, c => (long)c)).To(device));
    }

    /// <summary>What the numbers of the batches mean.</summary>
    public PixelRange Range { get; }

    /// <summary>Where the batches are.</summary>
    public Device Device { get; }

    /// <summary>Images at those indices, [B, C, H, W] Float32, and their labels, [B] Int64, if there are any.</summary>
    public (Tensor Images, Tensor? Labels) Batch(ReadOnlySpan<int> indices)
    {
        var index = Tensor.From(indices, indices.Length).To(Device);
        return (Scale(pixels.IndexSelect(0, index)), labels?.IndexSelect(0, index));
    }

    /// <summary>Images start to start + count, [count, C, H, W] Float32, and their labels, [count] Int64, if there are any.</summary>
    public (Tensor Images, Tensor? Labels) Slice(long start, long count) => (Images(start, count), labels?.Narrow(0, start, count));

    /// <summary>Images start to start + count, [count, C, H, W] Float32.</summary>
    public Tensor Images(long start, long count) => Scale(pixels.Narrow(0, start, count));

    /// <summary>A batch as 8-bit pixels, row-major: rounded, and held within [0, 255].</summary>
    public static byte[] ToPixels(Tensor batch, PixelRange range)
    {
        var unit = range == PixelRange.SignedUnit ? (batch + 1) * 127.5 : batch * 255;
        return unit.Round().Clamp(0, 255).To(DType.UInt8).ToArray<byte>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pixels.Dispose();
        labels?.Dispose();
    }

    private Tensor Scale(Tensor bytes) => Range == PixelRange.SignedUnit ? (bytes.To(DType.Float32) / 127.5) - 1 : bytes.To(DType.Float32) / 255;
}
