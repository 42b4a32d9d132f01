using System.ComponentModel.DataAnnotations;
using Understudy.Generation.Gan;

namespace Understudy.Generation.PrivateGans;

/// <summary>What a GAN with a private discriminator may be told. A step is one of the discriminator; batch size is what is expected of a Poisson sample.</summary>
public record PrivateGanOptions : GanOptions
{
    /// <summary>Creates the defaults.</summary>
    public PrivateGanOptions()
    {
        Steps = 3000;
        BatchSize = 512;
        Width = 32;
    }

    /// <summary>ε of the whole training, at the study's δ.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 10;

    /// <summary>
    /// Of conditional methods: ε, at the study's δ, of one noised count of the records of each class, in whose shares samples are then drawn. It is spent
    /// beside the training's. 0 draws all classes alike, and counts nothing.
    /// </summary>
    [Range(0, 1e3)]
    public double ClassSharesEpsilon { get; init; }

    /// <summary>C: the largest L2 norm of one record's gradient.</summary>
    [Range(1e-9, 1e9)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>How generated images enter the discriminator's step.</summary>
    public FakeTerm Fakes { get; init; } = FakeTerm.Paired;

    /// <summary>n_D, discriminator steps for one of the generator; 0 to find it while training, from <see cref="Threshold"/>.</summary>
    [Range(0, 1_000_000)]
    public int DiscriminatorSteps { get; init; }

    /// <summary>Where n_D is found while training: it grows when the discriminator tells no larger share of generated images than this.</summary>
    [Range(0, 1)]
    public double Threshold { get; init; } = 0.6;
}
