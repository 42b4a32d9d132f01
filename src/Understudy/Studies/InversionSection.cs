using System.ComponentModel.DataAnnotations;
using Understudy.Sampling.Inversion;

namespace Understudy.Studies;

/// <summary>Inverts the generators of a study and compares them by how well images come back.</summary>
public sealed record InversionSection : InversionOptions
{
    /// <summary>Ids of the methods to invert; empty for all that have latent vectors.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Images of the test part, of the members and of the non-members: that many of each, or all where there are fewer.</summary>
    [Range(8, 1_000_000)]
    public int Images { get; init; } = 256;

    /// <summary>Weights of the prior to try on the first method's test images; empty for none.</summary>
    [Range(0, 1e6)]
    public IReadOnlyList<double> Alphas { get; init; } = [0, 1e-6, 0.01, 0.1];

    /// <summary>What latent arithmetic moves from one class to the others: ink, slant or aspect.</summary>
    [AllowedValues("ink", "slant", "aspect")]
    public string Attribute { get; init; } = "slant";
}
