using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Understudy.Data;

namespace Understudy.Studies;

/// <summary>How the data are divided: shares of what is not for testing, or, above 1, numbers of images.</summary>
public sealed record SplitsSection
{
    private const string Official = "official";

    /// <summary>What the synthesizers train on.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double Members { get; init; } = 0.6;

    /// <summary>What membership attacks must tell from members.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double NonMembers { get; init; } = 0.2;

    /// <summary>What an attacker knows.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double Reference { get; init; } = 0.2;

    /// <summary><c>official</c> for the data's own test part, or a share or number of all images.</summary>
    [RegularExpression(@"official|0?\.\d+|[1-9]\d{0,8}", ErrorMessage = "'official', a share such as 0.2 or a number of images")]
    public string Test { get; init; } = Official;

    /// <summary>The same for <see cref="Splits.Create"/>.</summary>
    public SplitOptions ToOptions() => new()
    {
        Members = Members,
        NonMembers = NonMembers,
        Reference = Reference,
        Test = Test == Official ? null : double.Parse(Test, CultureInfo.InvariantCulture),
    };
}
