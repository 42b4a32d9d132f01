using System.Globalization;
using Understudy.Data;

namespace Understudy.Studies.Stages;

/// <summary>How to read the figures of an inversion.</summary>
internal static class InversionText
{
    public static IReadOnlyList<string> Paragraphs(InversionSection section, IReadOnlyDictionary<string, ImageSet> parts, IReadOnlyList<InvertedMethod> methods) =>
    [
        string.Create(CultureInfo.InvariantCulture,
            $"For each image the latent vector z was sought whose image G(z) is nearest (Creswell and Bharath, 1802.05701), by {section.Iterations} steps of {section.Optimiser} at {section.LearningRate} from {section.Restarts} {(section.Restarts == 1 ? "start" : "starts")}, prior weight α = {section.Alpha}{(section.AsPublished ? ", as published" : "")}. ")
        + "Errors are mean squared differences over channels and pixels on [-1, 1], which are four times those on [0, 1]; lower is nearer.",
        $"Inverted were {parts[InversionStage.Test].Count} test images, {parts[InversionStage.Members].Count} members, which the generators were trained on, and {parts[InversionStage.NonMembers].Count} non-members. "
        + "An error that is low on members alone is a sign of memorisation, not of quality; where the parts are different alphabets or patients, part of the difference is between those. An error above that of the nearest training image says that the model can do less than its training data.",
        NzText(methods) + (section.Alpha == 0 ? " With α = 0 a latent vector may leave the shell of the prior: see its length beside the lengths that the prior gives." : ""),
        "Inversion protects nothing. Found latent vectors are as private as the images that they stand for.",
    ];

    private static string NzText(IReadOnlyList<InvertedMethod> methods)
    {
        var sizes = methods.Select(method => method.Sets[InversionStage.Test].LatentSize).Distinct().ToArray();
        return sizes.Length == 1
            ? $"Every generator has {sizes[0]} latent entries."
            : "The generators differ in the number of latent entries, so their errors compare capacities as well as training.";
    }
}
