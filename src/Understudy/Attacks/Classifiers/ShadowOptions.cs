using System.ComponentModel.DataAnnotations;
using Understudy.Classification;

namespace Understudy.Attacks.Classifiers;

/// <summary>How many models shadow runs train, and how.</summary>
public sealed record ShadowOptions
{
    /// <summary>Number of models, the one that plays the target included; even, so that each record is in exactly half of them.</summary>
    [Range(2, 4096)]
    public int Count { get; init; } = 64;

    /// <summary>The classifier and its training: that of the target.</summary>
    public ClassifierOptions Classifier { get; init; } = new() { Steps = 200, BatchSize = 64 };
}
