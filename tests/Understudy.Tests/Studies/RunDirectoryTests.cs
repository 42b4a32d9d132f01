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
