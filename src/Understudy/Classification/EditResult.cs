using Understudy.Classification.Probes;
using Understudy.Metrics;

namespace Understudy.Classification;

/// <summary>How well a model edits an attribute, and how well it hides it.</summary>
/// <param name="ErrorOfReconstruction">MSE of Dec([ŷ, z]), pixel values 0 to 1.</param>
/// <param name="ErrorWithTruth">MSE of Dec([y, z]) with the true attribute.</param>
/// <param name="AttributeAccuracy">Share of test images whose attribute the encoder names.</param>
/// <param name="Balanced">(Class1 + Class0)/2: means of the shares called 1 when edited to 1, and 0 when edited to 0. An image that had the value already counts.</param>
/// <param name="Flipped">Share of images that show, by the judge, the other value than they had, when edited to it.</param>
/// <param name="Agreement">Share of those edits whose class, as a classifier names it, stayed; NaN where images have no classes beside the attribute.</param>
/// <param name="TrueAgreement">The same for images that really have the other value, where they can be made: no edit can be expected to do better.</param>
/// <param name="ErrorOfEdit">MSE of the edit against the image as it really is with the other value, where that can be made.</param>
/// <param name="Probes">Attackers on codes z, drawn, trained anew.</param>
/// <param name="ProbesOfMeans">The same on μ, which edits decode, and which says at least as much.</param>
/// <param name="OnReal">An attacker that sees the real image, who judges the edits as well: share of test images whose attribute it names.</param>
/// <param name="OnConstant">An attacker, trained anew, that sees Dec([0, z]), which is released in the image's place.</param>
/// <param name="MeanOfCodes">Mean of all entries of codes; 0 under the prior.</param>
/// <param name="DeviationOfCodes">Root mean square of their standard deviations; 1 under the prior.</param>
public sealed record EditResult(
    double ErrorOfReconstruction,
    double ErrorWithTruth,
    Metric AttributeAccuracy,
    double Balanced,
    Metric Flipped,
    Metric Agreement,
    Metric TrueAgreement,
    double ErrorOfEdit,
    IReadOnlyList<ProbeResult> Probes,
    IReadOnlyList<ProbeResult> ProbesOfMeans,
    Metric OnReal,
    Metric OnConstant,
    double MeanOfCodes,
    double DeviationOfCodes);
