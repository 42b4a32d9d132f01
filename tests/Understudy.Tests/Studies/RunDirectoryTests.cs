using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Tests.Studies;

public sealed class RunDirectoryTests : IDisposable
{
    private static readonly Study Study = new() { Name = "s", Data = new DataSection { Path = "/" }, Methods = [] };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FolderThatIsNotEmptyIsRefused()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "");

        Assert.Equal($"{_folder} is not empty; go on with the run in it by 'run STUDY --output {_folder} --resume', or name another folder", Error(resume: false));
        Assert.Equal($"{_folder} is no run (it has no study.yaml); name another folder", Error(resume: true));
        Assert.Equal(["notes.txt"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void RunKilledBeforeItsStudyWasWrittenStartsAgain()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, ".lock"), "");
        File.WriteAllText(Path.Combine(_folder, "study.yaml.tmp"), "name: ");

        using var run = RunDirectory.Start(_folder, Study, resume: true);

        Assert.True(File.Exists(run.StudyFile));
        Assert.False(File.Exists(run.StudyFile + ".tmp"));
    }

    /// <summary>A study whose data were refused leaves no work behind, so the mended one may go into the same folder.</summary>
    [Fact]
    public void FolderInWhichNothingWasDoneTakesAnotherStudy()
    {
        using (var run = RunDirectory.Start(_folder, Study, resume: false)) File.WriteAllText(run.DataFile, "{}");

        using (var run = RunDirectory.Start(_folder, Study with { Name = "mended" }, resume: false))
        {
            Assert.Contains("name: mended", File.ReadAllText(run.StudyFile), StringComparison.Ordinal);
            Assert.False(File.Exists(run.DataFile));
            File.WriteAllText(run.EventsFile, "");
        }

        Assert.StartsWith($"{_folder} is not empty", Error(resume: false), StringComparison.Ordinal);
    }

    /// <summary>The lock cannot be made where a folder has its name; no other process is to blame.</summary>
    [Fact]
    public void FolderThatCannotBeWrittenIsNotSaidToBeInUse()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".lock"));

        Assert.StartsWith($"{_folder} cannot be written: ", Error(resume: false), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoProcessesCannotShareAFolder()
    {
        using (RunDirectory.Start(_folder, Study, resume: false))
            Assert.Equal($"another process works in {_folder}; wait for it, or name another folder", Assert.Throws<InputException>(() => RunDirectory.Open(_folder)).Message);

        using var again = RunDirectory.Open(_folder);
    }

    [Fact]
    public void FolderWithoutARunCannotBeOpened()
    {
        Directory.CreateDirectory(_folder);

        Assert.Equal($"{_folder} is no run (it has no study.yaml); name the folder that 'run' or 'train' made",
            Assert.Throws<InputException>(() => RunDirectory.Open(_folder)).Message);
    }

    private string Error(bool resume) => Assert.Throws<InputException>(() => RunDirectory.Start(_folder, Study, resume)).Message;
}
