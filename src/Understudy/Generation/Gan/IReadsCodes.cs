using Understudy.Data;

namespace Understudy.Generation.Gan;

/// <summary>A synthesizer whose images are made from codes that a network can read back.</summary>
public interface IReadsCodes
{
    /// <summary>The codes: what to traverse.</summary>
    LatentCodes Codes { get; }

    /// <summary>Reads the first categorical code of each image: the class that was found without labels.</summary>
    /// <returns>[N] categories in [0, K).</returns>
    int[] ReadCategory(ImageSet images);

    /// <summary>Images of <paramref name="rows"/> noise vectors, each shown with every value of one code: a category a column, or -2 … 2.</summary>
    /// <param name="code">Index into <see cref="LatentCodes.Names"/>.</param>
    /// <param name="rows">Noise vectors; all but the code is the same along a row.</param>
    /// <param name="columns">Values of a continuous code; a categorical one has its own number.</param>
    /// <param name="seed">Same seed, same noise.</param>
    /// <returns>[rows · columns] images, row by row, and the number of columns.</returns>
    (ImageSet Images, int Columns) Traverse(int code, int rows, int columns, ulong seed);
}
