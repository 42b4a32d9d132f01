using Understudy.Attacks;
using Understudy.Classification;
using Understudy.Data;

namespace Understudy.Studies.Stages;

/// <summary>Tries the TorchScript modules that a study names for features before any work, which their failure would waste.</summary>
internal static class FeatureModules
{
    /// <summary>Asks every module for the features of a few images.</summary>
    /// <exception cref="InputException">One cannot be read, does not take the images, or returns no features of them.</exception>
    public static void Check(Study study, ImageSet images)
    {
        var attacked = study.Attacks.Select(attack => attack.Options).OfType<FeatureAttackOptions>().Where(options => options.NamesFile).Select(options => options.Features);
        var measured = study.Fidelity.AreTrained ? [] : new[] { study.Fidelity.Features };
        var voted = (study.Grid?.Classifiers.Select(classifier => classifier.Options) ?? []).Append(study.Classification).Where(options => options.NamesFile).Select(options => options.Features);
        foreach (var path in measured.Concat(attacked).Concat(voted).Distinct()) ScriptFeatureExtractor.Check(path, images);
    }
}
