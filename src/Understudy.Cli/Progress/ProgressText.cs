using Understudy.Training;

namespace Understudy.Cli.Progress;

internal static class ProgressText
{
    /// <summary>The live figures, as <c>  generator 0.712  discriminator 1.204</c>.</summary>
    public static string Values(StageProgress progress) =>
        string.Concat(progress.Values.Select(pair => $"  {pair.Key} {pair.Value:0.###}"));
}
