using System.ComponentModel.DataAnnotations;
using Understudy.Classification;
using Understudy.Data.Attributes;
using Understudy.Generation.Attributes;

namespace Understudy.Studies;

/// <summary>Edits of one attribute of the study's images, and what is left of it in codes.</summary>
public sealed record EditSection
{
    /// <summary>An attribute that is given to each image by the toss of a coin; without one, or one that is measured, the two classes of the data are taken, and then nothing else can be kept.</summary>
    public ControlledAttribute? Attribute { get; init; }

    /// <summary>An attribute that images have of themselves and that is read from them; not beside <see cref="Attribute"/>.</summary>
    public MeasuredAttribute? Measured { get; init; }

    /// <summary>The model.</summary>
    public IfcVaeGanOptions Model { get; init; } = new();

    /// <summary>What is compared.</summary>
    public IReadOnlyList<EditVariant> Variants { get; init; } = [EditVariant.Full, EditVariant.WithoutGamma, EditVariant.WithoutBeta, EditVariant.WithoutDelta];

    /// <summary>Repetitions, each with other starting weights.</summary>
    [Range(1, 1000)]
    public int Repetitions { get; init; } = 1;

    /// <summary>The judge of the attribute, the classifier of the classes and the attacker of edited images.</summary>
    public ClassifierOptions Classifier { get; init; } = new() { Steps = 500 };
}
