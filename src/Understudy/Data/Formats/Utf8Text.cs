using System.Text.Unicode;

namespace Understudy.Data.Formats;

/// <summary>Finds letters that are not what UTF-8 allows: read as if they were, names that differ could become one.</summary>
internal static class Utf8Text
{
    /// <summary>What an error says of such a line.</summary>
    public const string Problem = "has letters that are not UTF-8; save the file as UTF-8";

    /// <summary>The first line with such letters, counted from 1; null where there is none, or the text starts as UTF-16 does.</summary>
    public static int? InvalidLine(ReadOnlySpan<byte> text)
    {
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || Utf8.IsValid(text)) return null;
        var line = 1;
        foreach (var range in text.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(text[range])) break;
            line++;
        }
        return line;
    }
}
