using System.Runtime.InteropServices;

namespace Understudy.Data.Native;

/// <summary>Owns a <c>ui_buffer</c>: decoded pixels or an encoded file.</summary>
internal sealed class ImageBufferHandle : SafeHandle
{
    public ImageBufferHandle() : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Copies the whole buffer into managed memory.</summary>
    public unsafe T[] ToArray<T>() where T : unmanaged
    {
        var length = ImageLibrary.BufferLength(this);
        var bytes = new ReadOnlySpan<byte>(ImageLibrary.BufferData(this), checked((int)length));
        var copy = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        GC.KeepAlive(this);
        return copy;
    }

    protected override bool ReleaseHandle()
    {
        ImageLibrary.BufferFree(handle);
        return true;
    }
}
