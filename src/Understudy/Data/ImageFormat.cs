namespace Understudy.Data;

/// <summary>The image file formats that are read and written.</summary>
public enum ImageFormat
{
    /// <summary>PNG: lossless, 8 or 16 bits a channel.</summary>
    Png = 0,

    /// <summary>JPEG: lossy, 8 bits a channel.</summary>
    Jpeg = 1,

    /// <summary>TIFF: lossless (LZW), 8 or 16 bits a channel.</summary>
    Tiff = 2,
}
