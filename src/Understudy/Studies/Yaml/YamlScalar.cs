namespace Understudy.Studies.Yaml;

/// <summary>A single value, as text.</summary>
/// <param name="Text">The text, unquoted.</param>
/// <param name="Quoted">Whether it stood in quotes, and so is text even where it looks like something else.</param>
/// <param name="Line">Counted from 1.</param>
internal sealed record YamlScalar(string Text, bool Quoted, int Line) : YamlValue(Line)
{
    public bool IsNull => !Quoted && Text is "" or "~" or "null";
}
