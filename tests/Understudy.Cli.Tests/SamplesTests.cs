using Understudy.Studies;

namespace Understudy.Cli.Tests;

public sealed class SamplesTests
{
    public static TheoryData<string> Samples =>
        new(Directory.EnumerateFiles(Path.Combine(Source.Root, "samples"), "*.yaml").Select(path => Path.GetFileName(path)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void EverySampleCanBeRead(string name)
    {
        var study = StudyFile.Read(Path.Combine(Source.Root, "samples", name), requireFiles: false);

        Assert.Equal(Path.GetFileNameWithoutExtension(name), study.Name);
    }
}
