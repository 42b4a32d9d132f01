using Understudy.Training;

namespace Understudy.Cli.Progress;

internal static class ProgressText
{
    /// <summary>The first live figures, as <c>  generator 0.712  discriminator 1.204</c>.</summary>
    public static string Values(StageProgress progress, int count = int.MaxValue) =>
        string.Concat(progress.Values.Take(count).Select(pair => $"  {pair.Key} {pair.Value:0.###}"));
}
