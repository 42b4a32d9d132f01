using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Tests.Studies;

public sealed class ReportSectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-section-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ComesBackAsItWasWritten()
    {
        var section = ReportExample.Section;
        section.Write(_folder);

        var read = ReportSection.Read(_folder)!;

        Assert.Equal(JsonText.Write(section), JsonText.Write(read));
        Assert.Null(ReportSection.Read(Path.Combine(_folder, "elsewhere")));
    }

    [Fact]
    public void TableIsACsvWithBoundsBesideTheFiguresThatHaveThem()
    {
        ReportExample.Section.Write(_folder);

        Assert.Equal("Walk,Accuracy,Accuracy lower,Accuracy upper,Of\nlinear,0.8125,0.7,0.9,a note\nplan,,,,2\n", File.ReadAllText(Path.Combine(_folder, "walks.csv")).ReplaceLineEndings("\n"));
    }
}
