using Understudy.Data;
using Understudy.Generation;
using Understudy.Studies.Yaml;

namespace Understudy.Studies;

/// <summary>Reads and writes study files.</summary>
public static class StudyFile
{
    private const string NameKey = "name";
    private const string IdKey = "id";

    /// <summary>Reads a study; paths in it become absolute, and every default is filled in.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="methods">What <c>methods</c> may name; all synthesizers if null.</param>
    /// <exception cref="InputException">The file is missing or wrong; the message starts with <c>file:line:</c>.</exception>
    public static Study Read(string path, IReadOnlyList<SynthesizerEntry>? methods = null)
    {
        var source = YamlSource.Open(path);
        var map = YamlReader.Read(source);
        var binder = new YamlBinder(source);
        binder.Register((entry, place) => Method(binder, source, entry, place, methods ?? Synthesizers.All));
        var study = (Study)binder.Bind(map, typeof(Study), "");
        CheckIds(source, map, study);
        return Resolve(study, path, source, map);
    }

    /// <summary>The resolved study as a file in <paramref name="folder"/>: reading it there gives the same study.</summary>
    public static string Write(Study study, string folder) => YamlText.Write(Tree(study, folder));

    /// <summary>How two studies differ: the first key, as <c>methods[0].steps is 700, was 600</c>; null where they are the same.</summary>
    public static string? Difference(Study before, Study now)
    {
        var (old, current) = (YamlText.Flatten(Tree(before, "/")), YamlText.Flatten(Tree(now, "/")));
        return old.Keys.Union(current.Keys)
            .Where(key => old.GetValueOrDefault(key) != current.GetValueOrDefault(key))
            .Select(key => $"{key} is {current.GetValueOrDefault(key) ?? "not given"}, was {old.GetValueOrDefault(key) ?? "not given"}")
            .FirstOrDefault();
    }

    private static MethodSection Method(YamlBinder binder, YamlSource source, YamlMap map, string place, IReadOnlyList<SynthesizerEntry> methods)
    {
        var name = binder.Text(map, NameKey, place);
        var entry = methods.FirstOrDefault(method => method.Card.Name == name)
            ?? throw source.Error(map.Find(NameKey)!.Line, $"unknown method '{name}' in {place}{NearestName.Hint(name, [.. methods.Select(method => method.Card.Name)])}");
        var id = map.Find(IdKey) is null ? name : binder.Text(map, IdKey, place);
        return new MethodSection(id, name, binder.Bind(map, entry.OptionsType, $"{place} ({id})", NameKey, IdKey));
    }

    private static void CheckIds(YamlSource source, YamlMap map, Study study)
    {
        var methods = map.Find("methods")!.Value;
        if (study.Methods.Count == 0) throw source.Error(methods.Line, "'methods' is empty; name at least one method");
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < study.Methods.Count; i++)
        {
            var id = study.Methods[i].Id;
            var line = ((YamlList)methods).Items[i].Line;
            if (!Label.IsValid(id)) throw source.Error(line, $"'{IdKey}' is '{id}' in methods[{i}]; give {Label.Rule}");
            if (id == Label.Real) throw source.Error(line, $"methods[{i}] cannot be called '{id}', which is the baseline; give it another 'id'");
            if (!seen.TryAdd(id, line)) throw source.Error(line, $"methods[{i}] is called '{id}' like the method in line {seen[id]}; give it an 'id' of its own");
        }
    }

    private static Study Resolve(Study study, string path, YamlSource source, YamlMap map)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return study with
        {
            Data = study.Data with { Path = Existing(study.Data.Path, "data", "path") },
            Fidelity = study.Fidelity.Features == FidelitySection.Cnn
                ? study.Fidelity
                : study.Fidelity with { Features = Existing(study.Fidelity.Features, "fidelity", "features") },
        };

        string Existing(string given, string section, string key)
        {
            var full = Path.GetFullPath(given, folder);
            if (Path.Exists(full)) return full;
            var entry = ((YamlMap)map.Find(section)!.Value).Find(key)!;
            throw source.Error(entry.Value.Line, $"'{key}' in {section}: there is no {full}");
        }
    }

    private static YamlMap Tree(Study study, string folder)
    {
        var relative = study with
        {
            Data = study.Data with { Path = Relative(study.Data.Path) },
            Fidelity = study.Fidelity.Features == FidelitySection.Cnn ? study.Fidelity : study.Fidelity with { Features = Relative(study.Fidelity.Features) },
        };
        var tree = YamlText.Tree(relative with { Methods = [] });
        var methods = new YamlList([.. study.Methods.Select(Tree)], 0);
        return new YamlMap([.. tree.Entries.Select(entry => entry.Key == "methods" ? entry with { Value = methods } : entry)], 0);

        string Relative(string path) => Path.GetRelativePath(folder, path);
    }

    private static YamlMap Tree(MethodSection method) => new(
        [
            new YamlEntry(NameKey, YamlText.Value(method.Name), 0),
            new YamlEntry(IdKey, YamlText.Value(method.Id), 0),
            .. YamlText.Tree(method.Options).Entries,
        ], 0);
}
