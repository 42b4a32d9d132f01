using System.Text.Json.Serialization;

namespace Understudy.Data;

/// <summary>The shape of one image, channels first; the last channel may be a mask that belongs to it.</summary>
/// <param name="Channels">1 for grey, 3 for RGB; one more with a mask.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values in one image: C·H·W.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>Whether the last channel is a mask: what of the image is foreground, 255 inside and 0 outside.</summary>
    public bool HasMask { get; init; }

    /// <summary>The shape without the mask.</summary>
    [JsonIgnore]
    public ImageShape WithoutMask => HasMask ? new(Channels - 1, Height, Width) : this;

    /// <inheritdoc/>
    public override string ToString() => HasMask ? $"{WithoutMask} with mask" : $"{Channels}x{Height}x{Width}";
}
