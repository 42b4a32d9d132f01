using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Studies.Stages;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies;

public sealed class UnaccountedTests
{
    private static readonly DataSummary Data = new("1x28x28", ["a", "b"], 100, 50, 50, 60);

    /// <summary>Every section reads private records to measure something: a report that left one out would claim too little was seen.</summary>
    [Fact]
    public void Whatever_a_study_asks_for_by_a_section_is_on_the_list_with_a_grid_and_without()
    {
        using var folder = new TempFolder();
        folder.Write("data.npz", "");
        folder.Write("study.yaml", """
            name: all
            data: { path: data.npz }
            splits: { members: 100, nonMembers: 50, reference: 50, test: 60 }
            methods: [ { name: dcgan } ]
            translations: { images: 10 }
            inversion: { images: 10 }
            walk: { k: [2] }
            encodings: { samples: 10 }
            edit: { measured: thickness }
            segmentation: { steps: 2 }
            """);
        var study = StudyFile.Read(folder["study.yaml"]);
        var sections = SectionStages.All.Select(stage => stage.Id).Order().ToArray();
        Assert.All(SectionStages.All, stage => Assert.True(stage.IsAsked(study), stage.Id));
        Assert.Equal(sections, Unaccounted.Reads(study, Data, new Dictionary<string, MethodMetrics>()).Select(read => read.By).Intersect(sections).Order());
        var grid = new GridMetrics([], [], [], [], [], [], 0, 0);
        Assert.Equal(sections, Unaccounted.OfGrid(study with { Grid = new() }, Data, grid).Select(read => read.By).Intersect(sections).Order());
    }
}
