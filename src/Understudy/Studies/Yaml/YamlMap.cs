namespace Understudy.Studies.Yaml;

/// <summary>A mapping, in the order written; no key twice.</summary>
internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlValue(Line)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}
