using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks;

/// <summary>Options of an attack that measures distances or densities: in which features it does.</summary>
public abstract record FeatureAttackOptions : AttackOptions
{
    internal const string Pixels = "pixels";
    internal const string Pca = "pca";

    /// <summary>
    /// <c>pixels</c>; <c>pca</c>, the principal components of what the adversary has (release and reference); or the path of a TorchScript
    /// module that takes images in [0, 1] and returns a feature vector for each: in a study file relative to that file.
    /// </summary>
    public string Features { get; init; } = Pixels;

    /// <summary>Principal components kept, where <see cref="Features"/> is <c>pca</c>.</summary>
    [Range(1, 1024)]
    public int Components { get; init; } = 16;

    /// <summary>Whether <see cref="Features"/> is the path of a network.</summary>
    internal bool NamesFile => Features is not (Pixels or Pca);

    /// <summary>What a report calls the features.</summary>
    internal string FeatureName => Features switch
    {
        Pixels => Pixels,
        Pca => $"{Components} principal components",
        _ => Path.GetFileNameWithoutExtension(Features),
    };
}
