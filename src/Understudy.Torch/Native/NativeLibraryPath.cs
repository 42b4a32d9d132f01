using System.Reflection;
using System.Runtime.InteropServices;

namespace Understudy.Torch.Native;

/// <summary>Where the shared libraries built from <c>native/</c> lie.</summary>
/// <remarks>
/// Looked for in this order: the folder named by <c>UNDERSTUDY_NATIVE</c>; the program's own folder (a publish); <c>artifacts/native</c>
/// in any folder above it (a source tree).
/// </remarks>
public static class NativeLibraryPath
{
    /// <summary>Loads <paramref name="name"/> (no <c>lib</c>, no <c>.so</c>) for <paramref name="assembly"/>'s imports from that place.</summary>
    /// <exception cref="DllNotFoundException">It lies nowhere; the message says how to build it.</exception>
    public static nint Load(string name, Assembly assembly)
    {
        foreach (var folder in Candidates())
        {
            var path = Path.Combine(folder, $"lib{name}.so");
            if (File.Exists(path)) return NativeLibrary.Load(path, assembly, null);
        }
        throw new DllNotFoundException($"lib{name}.so is not built; run ./understudy once, or: cmake -S native -B artifacts/native-build && cmake --build artifacts/native-build");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("UNDERSTUDY_NATIVE") is { Length: > 0 } named) yield return named;
        yield return AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "artifacts", "native");
    }
}
