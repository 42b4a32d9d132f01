using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Dual;

/// <summary>What a Dual GAN with a guarantee may be told. Batch size is what is expected of a Poisson sample.</summary>
public sealed record DpDualGanOptions : DualGanOptions
{
    /// <summary>Creates the defaults.</summary>
    public DpDualGanOptions()
    {
        BatchSize = 128;
        MaskSteps = 1000;
        ImageSteps = 500;
    }

    /// <summary>ε of both stages together, at the study's δ.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 10;

    /// <summary>C: the largest L2 norm of one record's gradient, of each of the three networks that see records.</summary>
    [Range(1e-9, 1e9)]
    public double ClipNorm { get; init; } = 1;
}
