namespace Understudy.Data.Formats;

/// <summary>Refuses compressed data that would fill the memory from next to nothing (zip bombs), before a byte of them is unpacked.</summary>
internal static class Expansion
{
    /// <summary>How many times deflate can expand its input at most.</summary>
    public const long Most = 1032;

    /// <summary>Up to so many bytes, data may expand as far as they can: empty masks do.</summary>
    public const long Unlimited = 1L << 28;

    /// <summary>How many times larger data may expand; images and masks of real scenes stay far below.</summary>
    public const long MostWhenLarge = 200;

    /// <summary>Checks what a file states of itself.</summary>
    /// <param name="where">How messages call the data.</param>
    /// <param name="compressed">Bytes as stored.</param>
    /// <param name="expanded">Bytes that they are said to expand to.</param>
    /// <param name="remedy">How to store sound data so that they are read.</param>
    /// <exception cref="InputException">They expand further than any data can, or further than such large data may.</exception>
    public static void Check(string where, long compressed, long expanded, string remedy)
    {
        if (expanded / Most > compressed)
            throw new InputException($"{where}: states {expanded} bytes of data, more than the file can hold ({compressed} compressed bytes)");
        if (expanded > Unlimited && expanded / MostWhenLarge > compressed)
        {
            throw new InputException(
                $"{where}: {compressed} bytes expand to {expanded}, {expanded / Math.Max(1, compressed)}-fold, as those of a zip bomb do; "
                + $"above {Unlimited} bytes at most {MostWhenLarge}-fold is read; if the data are sound, {remedy}");
        }
    }
}
