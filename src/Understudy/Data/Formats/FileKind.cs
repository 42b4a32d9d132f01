using System.Runtime.InteropServices;

namespace Understudy.Data.Formats;

/// <summary>Tells files from what else lies at a path: opening a pipe waits for whoever writes to it, reading a device may never end.</summary>
internal static unsafe partial class FileKind
{
    // linux/stat.h and linux/fcntl.h, alike on every processor.
    private const int CurrentFolder = -100;
    private const uint AskType = 1;
    private const int AnswerLength = 256;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;

    /// <summary>What lies at a path that is no file, with its article; null for a file, for what is not there and on systems other than Linux.</summary>
    public static string? Other(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var answer = stackalloc byte[AnswerLength];
        if (Statx(CurrentFolder, path, 0, AskType, answer) != 0) return null;
        return (*(ushort*)(answer + ModeAt) & TypeMask) switch
        {
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0x4000 => "a folder",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint asked, byte* answer);
}
