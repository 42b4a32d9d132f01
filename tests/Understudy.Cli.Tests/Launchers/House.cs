using System.Diagnostics;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace Understudy.Cli.Tests.Launchers;

/// <summary>
/// A throw-away source tree with the real launchers and stand-ins for everything that they start, each of which writes down its calls.
/// </summary>
internal sealed class House : IDisposable
{
    // What the launchers may use beside what is faked; anything else is missing.
    private static readonly string[] Tools =
    [
        "bash", "basename", "cat", "chmod", "cksum", "cut", "dirname", "env", "find", "flock", "mkdir", "mv", "nproc", "readlink", "realpath", "rm", "sleep",
        "sort", "stat", "tail", "tee", "touch",
    ];

    private static readonly string Source = FindSource();

    private readonly string bin;

    public House()
    {
        Root = Directory.CreateTempSubdirectory("understudy-house-").FullName;
        bin = Directory.CreateDirectory(Path.Combine(Root, "fakes")).FullName;
        foreach (var tool in Tools) File.CreateSymbolicLink(Path.Combine(bin, tool), Path.Combine("/usr/bin", tool));
        foreach (var file in new[] { "understudy", "test", "scripts/setup.sh" }) CopyFile(file);
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "BannedSymbols.txt", "Understudy.slnx" })
            Write(file, "");
        foreach (var file in new[] { "src/Program.cs", "native/library.cpp", "bench/Kernel.cs", "src/Understudy/Studies/Assets/package-lock.json" }) Write(file, "");
        Directory.CreateDirectory(Path.Combine(Root, "tests"));
        Libtorch = Path.Combine(Root, "libtorch");
        Write("libtorch/lib/libtorch.so", "");
        Write("libtorch/include/torch.h", "");

        foreach (var present in new[] { "g++", "make", "node", "npm", "chromium" }) Fake(present, "");
        Fake("cmake", "[[ $1 == -S ]] && mkdir -p \"$4\" || { mkdir -p artifacts/native; touch artifacts/native/libunderstudy_{torch,image}.so; }");
        Fake("dotnet", """
            if [[ $1 == --list-sdks ]]; then echo '10.0.100 [/usr/share/dotnet/sdk]'; exit; fi
            mkdir -p artifacts/bin/Understudy.Cli/release
            printf '#!/bin/bash\necho "arguments: $*"\nexit 7\n' >artifacts/bin/Understudy.Cli/release/Understudy.Cli
            chmod +x artifacts/bin/Understudy.Cli/release/Understudy.Cli
            """);
    }

    public string Root { get; }

    /// <summary>What the launchers see as UNDERSTUDY_TORCH: a libtorch of two empty files, so that the machine needs none.</summary>
    public string Libtorch { get; set; }

    /// <summary>The calls of the stand-ins so far, oldest first.</summary>
    public string[] Calls => File.Exists(Path.Combine(Root, "calls")) ? File.ReadAllLines(Path.Combine(Root, "calls")) : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Writes a file of the tree, with the folders above it.</summary>
    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Puts a program on the launchers' PATH that writes down its call and then does what <paramref name="body"/> says.</summary>
    public void Fake(string name, string body) =>
        WriteProgram($"fakes/{name}", $"cd '{Root}'\necho \"{name} $*\" >>calls\n{body}");

    /// <summary>Takes a program off the launchers' PATH.</summary>
    public void Remove(string name) => File.Delete(Path.Combine(bin, name));

    /// <summary>Writes a bash program into the tree.</summary>
    public void WriteProgram(string path, string body)
    {
        Write(path, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(Path.Combine(Root, path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a launcher from another folder to its end.</summary>
    public async Task<Outcome> Run(string launcher, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, launcher), arguments)
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = bin;
        start.Environment["HOME"] = Root;
        start.Environment["UNDERSTUDY_TORCH"] = Libtorch;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    private void CopyFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
        File.Copy(Path.Combine(Source, path), Path.Combine(Root, path));
    }

    private static string FindSource()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Understudy.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("the tests are not run from a source tree");
    }
}
