using System.Diagnostics;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Tests.Data;

/// <summary>What is no file is named as such; opening it would wait for ever, or read without end.</summary>
public sealed class InputFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PipesDevicesAndFoldersAreNotReadAsFiles()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what lies at a path is told on Linux only");
        var pipe = Pipe("pipe.npz");
        Directory.CreateDirectory(_folder["images"]);
        var image = Pipe("images/a.png");

        Assert.Equal($"{pipe}: is a named pipe, not a file; give a file", await ErrorSoon(() => ImageData.Open(pipe)));
        Assert.Equal($"{image}: is a named pipe, not a file; give a file", await ErrorSoon(() => ImageData.Open(_folder["images"])));
        Assert.Equal($"{pipe}: is a named pipe, not a file; give a file", await ErrorSoon(() => StudyFile.Read(pipe)));
        Assert.Equal($"{pipe}: is a named pipe, not a file; give a file", await ErrorSoon(() => new ScriptFeatureExtractor(pipe).Dispose()));
        Assert.Equal("/dev/zero: is a device, not a file; give a file", await ErrorSoon(() => StudyFile.Read("/dev/zero")));
        Assert.Equal("/dev/zero: is a device, not a file; give a file", await ErrorSoon(() => ImageData.Open("/dev/zero")));
        Assert.Equal($"{_folder.Path}: is a folder, not a file; give a file", await ErrorSoon(() => NpzFile.Read(_folder.Path)));
    }

    [Fact]
    public void LinksThatLeadNowhereAreToldInOneLine()
    {
        File.CreateSymbolicLink(_folder["absent.npz"], "nowhere");
        File.CreateSymbolicLink(_folder["round"], "about");
        File.CreateSymbolicLink(_folder["about"], "round");

        Assert.Equal($"{_folder["absent.npz"]}: there is no such file or folder", Images.InputError(() => ImageData.Open(_folder["absent.npz"])));
        Assert.StartsWith($"{_folder["round"]}: the file cannot be read (", Images.InputError(() => ImageData.Open(_folder["round"])), StringComparison.Ordinal);
    }

    private static async Task<string> ErrorSoon(Action work) => await Task.Run(() => Images.InputError(work), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    private string Pipe(string name)
    {
        using var process = Process.Start("mkfifo", [_folder[name]]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return _folder[name];
    }
}
