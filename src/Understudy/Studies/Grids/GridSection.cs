using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies.Grids;

/// <summary>
/// A benchmark: every method of the study × budget × seed, what each generator's samples go through, what is trained on them and what is
/// released. A generator is trained once for all that is made from it.
/// </summary>
public sealed record GridSection
{
    /// <summary>ε of every method and baseline that takes one; empty leaves each its own. A method without a guarantee stands for ε = ∞.</summary>
    [Range(1e-3, 1e3)]
    public IReadOnlyList<double> Budgets { get; init; } = [];

    /// <summary>Seeds of training, sampling and classification; empty for the study's own. The division of the data follows the study's alone.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [];

    /// <summary>What the samples go through; empty for one sampler, <c>plain</c>, that changes nothing.</summary>
    public IReadOnlyList<SamplerSection> Samplers { get; init; } = [];

    /// <summary>What is trained on samples and on real data; empty for the study's <c>classification</c>.</summary>
    public IReadOnlyList<ClassifierSection> Classifiers { get; init; } = [];

    /// <summary>What may be released, each attacked as such.</summary>
    public IReadOnlyList<ReleaseKind> Releases { get; init; } = [ReleaseKind.Dataset];

    /// <summary>How one of the classifiers is chosen to be released; null chooses none.</summary>
    public SelectionSection? Selection { get; init; }

    /// <summary>Standard deviations of noise on the logits of released classifiers, each a mitigation beside the classifier as it is.</summary>
    [Range(0.0, 1e3, MinimumIsExclusive = true)]
    public IReadOnlyList<double> OutputNoise { get; init; } = [];

    /// <summary>Images that an attacker draws from a released generator for each that there are members.</summary>
    [Range(1, 100)]
    public int Draws { get; init; } = 4;

    /// <summary>Runs of the whole pipeline for LiRA and RMIA on released classifiers of the first seed; even, 0 for none.</summary>
    [Range(0, 4096)]
    public int Shadows { get; init; }

    /// <summary>Canaries that audit the training of every method with a guarantee; null for no audit.</summary>
    public AuditSection? Audit { get; init; }

    /// <summary>Processes that share the work; 0 for one a core.</summary>
    [Range(0, 1024)]
    public int Workers { get; init; }

    /// <summary>GiB that they may take together; 0 for no limit. The first to start shows what one takes.</summary>
    [Range(0.0, 1e6)]
    public double Memory { get; init; }
}
