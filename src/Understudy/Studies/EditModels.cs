using Understudy.Data;
using Understudy.Studies.Stages;

namespace Understudy.Studies;

/// <summary>Finds the models that edit in a run.</summary>
public static class EditModels
{
    /// <summary>The folder of the first model of a run's <c>edit</c> section.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="InputException">The study has no such section, or it has not run.</exception>
    public static string Folder(string run)
    {
        using var directory = RunDirectory.Open(run);
        var study = directory.Study(requireFiles: false);
        if (study.Edit is not { } section) throw new InputException($"{directory.StudyFile} has no 'edit' section; run one that has, such as samples/edit.yaml");
        var folder = directory.Section("edit", EditStage.ModelName(section.Variants[0], 0));
        return Directory.Exists(folder) ? folder : throw new InputException($"no model edits in {run} yet; run: understudy run {directory.StudyFile} --output {run} --resume");
    }
}
