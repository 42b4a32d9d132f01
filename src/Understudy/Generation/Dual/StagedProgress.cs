using Understudy.Training;

namespace Understudy.Generation.Dual;

/// <summary>Shows the two stages of one fit as one piece of work.</summary>
internal sealed class StagedProgress(FitContext context, params int[] steps)
{
    /// <summary>The context of a stage, which works in a folder of its own.</summary>
    /// <param name="folder">The folder's name.</param>
    /// <param name="before">Steps of the stages before it.</param>
    public FitContext Stage(string folder, int before) => context with
    {
        Directory = Directory.CreateDirectory(Path.Combine(context.Directory, folder)).FullName,
        Progress = context.Progress is null ? null : new Part(context.Progress, Path.GetFileName(context.Directory), before, steps.Sum()),
    };

    private sealed class Part(IProgress<StageProgress> whole, string subject, int before, int total) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => whole.Report(value with { Subject = subject, Done = before + value.Done, Total = total });
    }
}
