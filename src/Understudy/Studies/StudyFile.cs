using Understudy.Attacks;
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
    /// <param name="requireFiles">Whether the files that it names must be there.</param>
    /// <exception cref="InputException">The file is missing or wrong; the message starts with <c>file:line:</c>.</exception>
    public static Study Read(string path, IReadOnlyList<SynthesizerEntry>? methods = null, bool requireFiles = true)
    {
        var source = YamlSource.Open(path);
        var map = YamlReader.Read(source);
        var binder = new YamlBinder(source);
        var optionTypes = (methods ?? Synthesizers.All).ToDictionary(entry => entry.Card.Name, entry => entry.OptionsType);
        var attackTypes = MembershipAttacks.All.ToDictionary(entry => entry.Card.Name, entry => entry.OptionsType);
        binder.Register((entry, place) =>
        {
            var name = Known("method", entry, place, optionTypes.Keys);
            var id = entry.Find(IdKey) is null ? name : binder.Text(entry, IdKey, place);
            return new MethodSection(id, name, binder.Bind(entry, optionTypes[name], $"{place} ({id})", NameKey, IdKey));
        });
        binder.Register((entry, place) =>
        {
            var name = Known("attack", entry, place, attackTypes.Keys);
            return new AttackSection(name, binder.Bind(entry, attackTypes[name], $"{place} ({name})", NameKey));
        });
        var study = (Study)binder.Bind(map, typeof(Study), "");
        new StudyCheck(source, map).Check(study);
        return Resolve(study, path, source, map, requireFiles);

        string Known(string kind, YamlMap entry, string place, IReadOnlyCollection<string> names)
        {
            var name = binder.Text(entry, NameKey, place);
            return names.Contains(name)
                ? name
                : throw source.Error(entry.Find(NameKey)!.Line, $"unknown {kind} '{name}' in {place}{NearestName.Hint(name, names)}");
        }
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

    private static Study Resolve(Study study, string path, YamlSource source, YamlMap map, bool requireFiles)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return WithPaths(study, (given, section, key) =>
        {
            var full = Path.GetFullPath(given, folder);
            if (!requireFiles || Path.Exists(full)) return full;
            var entry = ((YamlMap)map.Find(section)!.Value).Find(key)!;
            throw source.Error(entry.Value.Line, $"'{key}' in {section}: there is no {full}{Fetchable(full)}");
        });
    }

    private static string Fetchable(string path) =>
        PublicDataSets.All.FirstOrDefault(set => set.Name == Path.GetFileName(path)) is { } known ? $"; fetch it: understudy data fetch {known.Name} --output {path}" : "";

    /// <summary>The study with every path that it names changed; the change is told section and key.</summary>
    private static Study WithPaths(Study study, Func<string, string, string, string> change) => study with
    {
        Data = study.Data with { Path = change(study.Data.Path, "data", "path") },
        Fidelity = study.Fidelity.AreTrained
            ? study.Fidelity
            : study.Fidelity with { Features = change(study.Fidelity.Features, "fidelity", "features") },
    };

    private static YamlMap Tree(Study study, string folder)
    {
        var relative = WithPaths(study, (path, _, _) => Path.GetRelativePath(folder, path));
        var tree = YamlText.Tree(relative with { Methods = [], Attacks = [] });
        return new YamlMap([.. tree.Entries.Select(entry => entry.Key switch
        {
            "methods" => entry with { Value = new YamlList([.. study.Methods.Select(method => Tree(method.Options, (NameKey, method.Name), (IdKey, method.Id)))], 0) },
            "attacks" => entry with { Value = new YamlList([.. study.Attacks.Select(attack => Tree(attack.Options, (NameKey, attack.Name)))], 0) },
            _ => entry,
        })], 0);
    }

    private static YamlMap Tree(object options, params IEnumerable<(string Key, string Text)> before) => new(
        [.. before.Select(pair => new YamlEntry(pair.Key, YamlText.Value(pair.Text), 0)), .. YamlText.Tree(options).Entries], 0);
}
