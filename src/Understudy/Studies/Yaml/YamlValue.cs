namespace Understudy.Studies.Yaml;

/// <summary>A piece of a YAML file that remembers its line.</summary>
/// <param name="Line">Counted from 1.</param>
internal abstract record YamlValue(int Line);
