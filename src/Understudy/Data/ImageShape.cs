using System.Text.Json.Serialization;

namespace Understudy.Data;

/// <summary>The shape of one image, channels first; the last channel may be a mask that belongs to it. A grey volume is an image whose channels are its slices.</summary>
/// <param name="Channels">1 for grey, 3 for RGB; one more with a mask; of a volume, its slices.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values in one image: C·H·W.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>Whether the last channel is a mask: what of the image is foreground, 255 inside and 0 outside.</summary>
    public bool HasMask { get; init; }

    /// <summary>Whether the channels are the slices of a grey volume, front to back: those who know only images see them as so many channels.</summary>
    public bool IsVolume { get; init; }

    /// <summary>The shape without the mask.</summary>
    [JsonIgnore]
    public ImageShape WithoutMask => HasMask ? new(Channels - 1, Height, Width) : this;

    /// <inheritdoc/>
    public override string ToString() => HasMask ? $"{WithoutMask} with mask" : $"{Channels}x{Height}x{Width}";
}
