using System.Globalization;
using Understudy.Metrics;
using Understudy.Sampling.Walk;

namespace Understudy.Studies.Stages;

/// <summary>How to read the figures of walks.</summary>
internal static class WalkText
{
    public static IReadOnlyList<string> Paragraphs(WalkSection section, WalkModels models, WalkMeasurement measurement, PlanResult bent, InvertedSet inverted) =>
    [
        string.Create(CultureInfo.InvariantCulture,
            $"Walks of {section.Points} points in {models.Generator.LatentSize} latent entries, straight or bent by PLAN (Pennisi et al., MICCAI 2023, 2307.02984): {section.Steps} steps of Adam at {section.LearningRate} on {section.IdentityWeight} L_id + {section.DistanceWeight} L_dist + {section.ClassWeight} L_class{(section.AsPublished ? ", by chunks of four as published" : "")}. The loss of a walk fell from {bent.Losses[0]:0.00} to {bent.Losses[^1]:0.00}; {bent.ClampedShare:P2} of the pixels lay outside [-1, 1]. ")
        + "End points are draws of the generator or means of k members, never the latent vector of one member, and are attacked like any other image; a walk has one class.",
        string.Create(CultureInfo.InvariantCulture,
            $"Members come back from inversion with a mean squared error of {SampleSummary.Of(inverted.Errors).Mean:0.0000} on [-1, 1]; the worst twentieth is in no group. The identity classifier that PLAN walks away from recognises {models.IdentityAccuracy:P0} of the augmented members, the independent one that judges, of another network and seed, {measurement.JudgeAccuracy:P0}. It names the closest member by chance in {1.0 / measurement.Identities:P2} of images."),
        "k-same is not differential privacy: who knows the other members of a group learns the last one, and a group tells that its members are alike. PLAN avoids what one classifier recognises, which is a heuristic. Neither bounds what an attacker can learn; the figures say what these attacks have found.",
        "Distances grow for poor images: read them with FID and accuracy. An attack accuracy below one half is chance, not extra privacy. FID and mmD depend on the network in whose features they are measured.",
    ];
}
