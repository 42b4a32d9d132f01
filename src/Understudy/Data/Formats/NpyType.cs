namespace Understudy.Data.Formats;

/// <summary>The element type of an NPY array.</summary>
/// <param name="Kind">NumPy's letter: b boolean, i signed, u unsigned, f floating point, U text in UTF-32, S text in bytes.</param>
/// <param name="Size">Bytes an element.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct NpyType(char Kind, int Size, bool BigEndian)
{
    /// <summary>Reads NumPy's type string, such as <c>|u1</c> or <c>&lt;U12</c>; null for one that is not read.</summary>
    public static NpyType? Parse(string text)
    {
        if (text.Length < 3 || text[0] is not ('<' or '>' or '|' or '=') || !int.TryParse(text.AsSpan(2), out var length)) return null;
        var isRead = text[1] switch
        {
            'b' => length == 1,
            'i' or 'u' => length is 1 or 2 or 4 or 8,
            'f' => length is 2 or 4 or 8,
            'U' or 'S' => length is > 0 and <= 4096,
            _ => false,
        };
        return isRead ? new NpyType(text[1], text[1] == 'U' ? 4 * length : length, text[0] == '>') : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        'b' => "bool",
        'i' => $"int{8 * Size}",
        'u' => $"uint{8 * Size}",
        'f' => $"float{8 * Size}",
        _ => "text",
    };
}
