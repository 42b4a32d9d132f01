using Understudy.Attacks;
using Understudy.Attacks.WhiteBox;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Evolution;
using Understudy.Studies.Grids;
using Understudy.Studies.Yaml;

namespace Understudy.Studies;

/// <summary>Reads and writes study files.</summary>
public static class StudyFile
{
    private const string NameKey = "name";
    private const string IdKey = "id";
    private const string GridKey = "grid";

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
        var optionTypes = (methods ?? [.. Synthesizers.All, .. Synthesizers.Planted]).ToDictionary(entry => entry.Card.Name, entry => entry.OptionsType);
        var attackTypes = MembershipAttacks.All.Select(entry => (entry.Card.Name, entry.OptionsType)).Concat(WhiteBoxAttacks.All.Select(entry => (entry.Card.Name, entry.OptionsType))).ToDictionary();
        binder.Register((entry, place) =>
        {
            var (id, name, options) = Named("method", entry, place, optionTypes);
            return new MethodSection(id, name, options);
        });
        var baselineTypes = new Dictionary<string, Type> { [BaselineSection.DpSgd] = typeof(DpSgdOptions) };
        binder.Register((entry, place) =>
        {
            var (id, name, options) = Named("baseline", entry, place, baselineTypes);
            return new BaselineSection(id, name, (DpSgdOptions)options);
        });
        binder.Register((entry, place) =>
        {
            var (id, name, options) = Named("attack", entry, place, attackTypes);
            return new AttackSection(id, name, (AttackOptions)options);
        });
        binder.Register((entry, place) =>
        {
            var options = (ClassifierOptions)binder.Bind(entry, typeof(ClassifierOptions), place, IdKey);
            return new ClassifierSection(entry.Find(IdKey) is null ? options.Network.ToString().ToLowerInvariant() : binder.Text(entry, IdKey, place), options);
        });
        var study = (Study)binder.Bind(map, typeof(Study), "");
        new StudyCheck(source, map).Check(study);
        return Resolve(study, path, source, map, requireFiles);

        (string Id, string Name, object Options) Named(string kind, YamlMap entry, string place, Dictionary<string, Type> types)
        {
            var name = binder.Text(entry, NameKey, place);
            if (!types.TryGetValue(name, out var type))
                throw source.Error(entry.Find(NameKey)!.Line, $"unknown {kind} '{name}' in {place}{NearestName.Hint(name, types.Keys)}");
            var id = entry.Find(IdKey) is null ? name : binder.Text(entry, IdKey, place);
            return (id, name, binder.Bind(entry, type, $"{place} ({id})", NameKey, IdKey));
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
        var resolved = WithPaths(study, (given, section, key, item) =>
        {
            var full = Path.GetFullPath(given, folder);
            if (!requireFiles || Path.Exists(full)) return full;
            if (section == GridKey) throw source.Error(map.Find(section)!.Line, $"'{key}' in {section}: there is no {full}; give {(key == "features" ? "pixels" : "samples")} or the path of a TorchScript module");
            var value = map.Find(section)!.Value;
            var entry = ((YamlMap)(item is { } index ? ((YamlList)value).Items[index] : value)).Find(key)!;
            var (place, hint) = item is null ? (section, Fetchable(full)) : ($"{section}[{item}]", section == "methods" ? Fetchable(full) : "; give pixels, pca or the path of a TorchScript module");
            throw source.Error(entry.Value.Line, $"'{key}' in {place}: there is no {full}{hint}");
        });
        foreach (var (i, method) in resolved.Methods.Index())
        {
            // A bank of the records themselves would give them away under a guarantee that counts the votes alone.
            if (method.Options is PrivateEvolutionOptions { Source: VariationSource.Bank, Path.Length: > 0 } evolved && IsWithin(evolved.Path, resolved.Data.Path))
                throw source.Error(((YamlList)map.Find("methods")!.Value).Items[i].Line, $"'path' in methods[{i}] ({method.Id}) holds the private data of the study itself; give public data that are none of them");
        }
        return resolved;
    }

    /// <summary>Whether one path is the other, or holds it, or lies in it.</summary>
    private static bool IsWithin(string one, string other)
    {
        var (a, b) = (Folder(one), Folder(other));
        return a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal);

        static string Folder(string path) => Path.TrimEndingDirectorySeparator(path) + Path.DirectorySeparatorChar;
    }

    private static string Fetchable(string path) =>
        PublicDataSets.All.FirstOrDefault(set => set.Name == Path.GetFileName(path)) is { } known ? $"; fetch it: understudy data fetch {known.Name} --output {path}" : "";

    /// <summary>The study with every path that it names changed; the change is told section, key and, in a list, the item.</summary>
    private static Study WithPaths(Study study, Func<string, string, string, int?, string> change) => study with
    {
        Data = study.Data with { Path = change(study.Data.Path, "data", "path", null) },
        Fidelity = study.Fidelity.AreTrained
            ? study.Fidelity
            : study.Fidelity with { Features = change(study.Fidelity.Features, "fidelity", "features", null) },
        Classification = study.Classification.NamesFile
            ? study.Classification with { Features = change(study.Classification.Features, "classification", "features", null) }
            : study.Classification,
        Attacks = [.. study.Attacks.Select((attack, i) => attack.Options is FeatureAttackOptions { NamesFile: true } options
            ? attack with { Options = options with { Features = change(options.Features, "attacks", "features", i) } }
            : attack)],
        Methods = [.. study.Methods.Select((method, i) => method.Options is PrivateEvolutionOptions { Path.Length: > 0 } options
            ? method with { Options = options with { Path = change(options.Path, "methods", "path", i) } }
            : method)],
        Grid = study.Grid is not { } grid ? null : grid with
        {
            Samplers = [.. grid.Samplers.Select(sampler => sampler.Rejection is { NamesFile: true } rejection
                ? sampler with { Rejection = rejection with { Classifier = change(rejection.Classifier, GridKey, "classifier", null) } }
                : sampler)],
            Classifiers = [.. grid.Classifiers.Select(classifier => classifier.Options.NamesFile
                ? classifier with { Options = classifier.Options with { Features = change(classifier.Options.Features, GridKey, "features", null) } }
                : classifier)],
        },
    };

    private static YamlMap Tree(Study study, string folder)
    {
        var relative = WithPaths(study, (path, _, _, _) => Path.GetRelativePath(folder, path));
        var tree = YamlText.Tree(relative with { Methods = [], Baselines = [], Attacks = [] });
        return new YamlMap([.. tree.Entries.Select(entry => entry.Key switch
        {
            "methods" => List(entry, relative.Methods.Select(method => (method.Name, method.Id, method.Options))),
            "baselines" => List(entry, study.Baselines.Select(baseline => (baseline.Name, baseline.Id, (object)baseline.Options))),
            "attacks" => List(entry, relative.Attacks.Select(attack => (attack.Name, attack.Id, (object)attack.Options))),
            GridKey when relative.Grid is { } grid => entry with { Value = Grid(grid) },
            _ => entry,
        })], 0);
    }

    /// <summary>A grid whose classifiers stand as they are written: an id among their options.</summary>
    private static YamlMap Grid(GridSection grid) => new(
        [.. YamlText.Tree(grid with { Classifiers = [] }).Entries.Select(entry => entry.Key != "classifiers" ? entry : entry with
        {
            Value = new YamlList([.. grid.Classifiers.Select(classifier =>
                new YamlMap([new YamlEntry(IdKey, YamlText.Value(classifier.Id), 0), .. YamlText.Tree(classifier.Options).Entries], 0))], 0),
        })], 0);

    private static YamlEntry List(YamlEntry entry, IEnumerable<(string Name, string Id, object Options)> items) => entry with
    {
        Value = new YamlList([.. items.Select(item => new YamlMap(
            [
                new YamlEntry(NameKey, YamlText.Value(item.Name), 0),
                new YamlEntry(IdKey, YamlText.Value(item.Id), 0),
                .. YamlText.Tree(item.Options).Entries,
            ], 0))], 0),
    };
}
