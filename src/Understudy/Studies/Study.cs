using System.ComponentModel.DataAnnotations;
using Understudy.Classification;
using Understudy.Studies.Grids;

namespace Understudy.Studies;

/// <summary>What to run: data, methods, how to sample, what to measure and what to attack; one YAML file.</summary>
public sealed record Study
{
    /// <summary>The study's name, part of the default name of its run folder.</summary>
    [RegularExpression(Label.Pattern, ErrorMessage = Label.Rule)]
    public required string Name { get; init; }

    /// <summary>Everything random follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The private data.</summary>
    public required DataSection Data { get; init; }

    /// <summary>How the data are divided.</summary>
    public SplitsSection Splits { get; init; } = new();

    /// <summary>The synthesizers to compare; at least one unless a section asks for other work.</summary>
    public IReadOnlyList<MethodSection> Methods { get; init; } = [];

    /// <summary>Classifiers trained on the private data under differential privacy, to compare with; the one trained without always runs.</summary>
    public IReadOnlyList<BaselineSection> Baselines { get; init; } = [];

    /// <summary>What the guarantees of private methods and baselines are about.</summary>
    public PrivacySection Privacy { get; init; } = new();

    /// <summary>How much to draw from each.</summary>
    public SamplingSection Sampling { get; init; } = new();

    /// <summary>The classifier that measures utility.</summary>
    public ClassifierOptions Classification { get; init; } = new();

    /// <summary>How fidelity is measured.</summary>
    public FidelitySection Fidelity { get; init; } = new();

    /// <summary>What the codes of autoencoders are worth; null leaves it out.</summary>
    public EncodingsSection? Encodings { get; init; }

    /// <summary>Edits of an attribute; null leaves them out.</summary>
    public EditSection? Edit { get; init; }

    /// <summary>What synthetic pairs of images and masks are worth to a network that segments; null where that is not asked.</summary>
    public SegmentationSection? Segmentation { get; init; }

    /// <summary>What methods that translate images make of test images; null leaves it out.</summary>
    public TranslationsSection? Translations { get; init; }

    /// <summary>The attacks on each released data set, and on each released generator by what it draws.</summary>
    public IReadOnlyList<AttackSection> Attacks { get; init; } = [];

    /// <summary>A comparison over budgets, seeds, samplers, classifiers and releases; null for one of each.</summary>
    public GridSection? Grid { get; init; }

    /// <summary>Inversion of the methods' generators; null for none.</summary>
    public InversionSection? Inversion { get; init; }

    /// <summary>Walks in a method's latent space; null for none.</summary>
    public WalkSection? Walk { get; init; }
}
