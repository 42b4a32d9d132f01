using Understudy.Data;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>A stage that a study asks for by a section of its own, and whose result is a section of the report.</summary>
internal abstract class SectionStage
{
    /// <summary>The key in the study file, and the folder in the run.</summary>
    public abstract string Id { get; }

    /// <summary>Whether the study asks for it.</summary>
    public abstract bool IsAsked(Study study);

    /// <summary>Refuses, before any work, what the data cannot give.</summary>
    /// <param name="study">A study that asks for the stage.</param>
    /// <param name="splits">The data, divided.</param>
    /// <exception cref="InputException">The section and the data do not fit.</exception>
    public virtual void Check(Study study, Splits splits)
    {
    }

    /// <summary>Does the work, once.</summary>
    public void Run(StageContext context)
    {
        if (!IsAsked(context.Study)) return;
        var folder = context.Run.Section(Id);
        context.Do(Id, context.Study.Name, Path.Combine(folder, ReportSection.FileName), progress =>
        {
            Directory.CreateDirectory(folder);
            Make(context, folder, progress).Write(folder);
        });
    }

    /// <summary>Does the work and says what there is to show.</summary>
    /// <param name="context">The run.</param>
    /// <param name="folder">Where pictures and what must survive a kill go.</param>
    /// <param name="progress">Told how far the work has come.</param>
    protected abstract ReportSection Make(StageContext context, string folder, IProgress<StageProgress> progress);
}
