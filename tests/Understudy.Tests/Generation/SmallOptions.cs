using Understudy.Generation;

namespace Understudy.Tests.Generation;

/// <summary>Options of any method that make it small and quick.</summary>
internal static class SmallOptions
{
    // So fast that one step of training shows in 8-bit pixels.
    private const double Rate = 0.02;

    /// <summary>The method's defaults with few steps, small batches and narrow networks.</summary>
    public static object Of(SynthesizerEntry entry, int steps, int checkpointEvery, double rate = Rate)
    {
        var options = Activator.CreateInstance(entry.OptionsType)!;
        foreach (var (name, value) in new (string, object)[]
        {
            ("Steps", steps), ("CheckpointEvery", checkpointEvery), ("BatchSize", 8), ("Width", 8), ("LatentSize", 6), ("LearningRateG", rate), ("LearningRate", rate),
            ("Categorical", new[] { 3 }), ("Continuous", 1), ("CriticSteps", 2), ("Blocks", 1), ("FeatureSteps", 2), ("WarmUpSteps", 1), ("Labelled", 4),
        })
        {
            if (entry.OptionsType.GetProperty(name) is { } property && (property.PropertyType.IsInstanceOfType(value))) property.SetValue(options, value);
        }
        return options;
    }
}
