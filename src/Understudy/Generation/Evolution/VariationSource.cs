namespace Understudy.Generation.Evolution;

/// <summary>The public sources of images that a study may evolve.</summary>
public enum VariationSource
{
    /// <summary>Digits drawn with strokes; see <see cref="DigitSimulator"/>.</summary>
    Digits,

    /// <summary>Images of a public data set; see <see cref="ImageBank"/>.</summary>
    Bank,

    /// <summary>A generator trained on public data; see <see cref="GeneratorApi"/>.</summary>
    Generator,
}
