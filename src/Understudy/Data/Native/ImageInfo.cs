using System.Runtime.InteropServices;

namespace Understudy.Data.Native;

/// <summary>The native library's <c>ui_image_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageInfo
{
    public int Width;
    public int Height;
    public int Channels;
    public int Bits;
}
