using System.Runtime.InteropServices;
using Understudy.Torch.Native;

namespace Understudy.Data.Native;

/// <summary>The functions of <c>libunderstudy_image</c>, as its header lists them.</summary>
internal static unsafe partial class ImageLibrary
{
    private const string Name = "understudy_image";
    private const int AbiVersion = 1;

    static ImageLibrary() => NativeLibrary.SetDllImportResolver(typeof(ImageLibrary).Assembly, (name, _, _) => name == Name ? LoadAndCheck() : 0);

    /// <summary>The text of the calling thread's last failure.</summary>
    public static string LastError() => Marshal.PtrToStringUTF8((nint)LastErrorText()) ?? "";

    [LibraryImport(Name, EntryPoint = "ui_decode")]
    public static partial int Decode(byte* file, long length, int maxWidth, int maxHeight, ImageInfo* info, out ImageBufferHandle pixels);

    [LibraryImport(Name, EntryPoint = "ui_encode")]
    public static partial int Encode(int format, void* samples, ImageInfo* info, int quality, out ImageBufferHandle file);

    [LibraryImport(Name, EntryPoint = "ui_buffer_length")]
    public static partial long BufferLength(ImageBufferHandle buffer);

    [LibraryImport(Name, EntryPoint = "ui_buffer_data")]
    public static partial byte* BufferData(ImageBufferHandle buffer);

    [LibraryImport(Name, EntryPoint = "ui_buffer_free")]
    public static partial void BufferFree(nint buffer);

    [LibraryImport(Name, EntryPoint = "ui_last_error")]
    private static partial byte* LastErrorText();

    private static nint LoadAndCheck()
    {
        var library = NativeLibraryPath.Load(Name, typeof(ImageLibrary).Assembly);
        var version = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "ui_abi_version"))();
        if (version != AbiVersion)
            throw new DllNotFoundException($"lib{Name}.so has interface {version}, this program needs {AbiVersion}; run: cmake --build artifacts/native-build");
        return library;
    }
}
