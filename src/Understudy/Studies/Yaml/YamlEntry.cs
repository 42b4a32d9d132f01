namespace Understudy.Studies.Yaml;

/// <summary>One key of a mapping and its value.</summary>
internal sealed record YamlEntry(string Key, YamlValue Value, int Line);
