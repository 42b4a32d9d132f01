using System.Globalization;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Studies.Grids;
using Understudy.Studies.Stages;
using Understudy.Studies.Yaml;

namespace Understudy.Studies;

/// <summary>What the parts of a study ask of one another.</summary>
/// <param name="source">Named in errors.</param>
/// <param name="map">The study as written, for the lines of errors.</param>
internal sealed class StudyCheck(YamlSource source, YamlMap map)
{
    /// <summary>Checks a study that has been read.</summary>
    /// <exception cref="InputException">Names clash, there is no method, or the splits need more than there is.</exception>
    public void Check(Study study)
    {
        if (study.Methods.Count == 0 && study.Grid is null && !SectionStages.All.Any(stage => stage.IsAsked(study)))
            throw source.Error((map.Find("methods")?.Value ?? map).Line, $"'methods' names no method; name at least one{OrSections}");
        CheckIds(study);
        CheckAttacks(study);
        CheckSplits(study.Splits);
        if (study.Grid is { } grid) CheckGrid(study, grid);
        CheckNamed(study, "inversion", study.Inversion?.Methods ?? []);
        CheckNamed(study, "walk", study.Walk?.Method is { } walked ? [walked] : []);
    }

    private static string OrSections => string.Concat(SectionStages.All.Select(stage => $", or give '{stage.Id}'"));

    private void CheckIds(Study study)
    {
        // Methods and baselines share folders and names in the ledger.
        var seen = new Dictionary<string, (string Kind, int Line)>();
        Check("method", "methods", study.Methods.Select(method => method.Id));
        Check("baseline", "baselines", study.Baselines.Select(baseline => baseline.Id));

        void Check(string kind, string list, IEnumerable<string> ids)
        {
            foreach (var (i, id) in ids.Index())
            {
                var line = LineOf(list, i);
                if (!Label.IsValid(id)) throw source.Error(line, $"'id' is '{id}' in {list}[{i}]; give {Label.Rule}");
                if (id == Label.Real) throw source.Error(line, $"{list}[{i}] cannot be called '{id}', which is the classifier trained on real data; give it another 'id'");
                if (!seen.TryAdd(id, (kind, line)))
                    throw source.Error(line, $"{list}[{i}] is called '{id}' like the {seen[id].Kind} in line {seen[id].Line}; give it an 'id' of its own");
            }
        }
    }

    private void CheckAttacks(Study study)
    {
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < study.Attacks.Count; i++)
        {
            var (id, line) = (study.Attacks[i].Id, LineOf("attacks", i));
            if (!Label.IsValid(id)) throw source.Error(line, $"'id' is '{id}' in attacks[{i}]; give {Label.Rule}");
            if (study.Attacks[i].IsWhiteBox && study.Grid?.Releases.Any(kind => kind is ReleaseKind.Generator or ReleaseKind.Networks) != true)
                throw source.Error(line, $"attacks[{i}], {study.Attacks[i].Name}, asks released networks, and none are released; name generator or networks in 'releases' of a grid, or leave it out");
            if (study.Attacks[i].Options.Delta is { } delta && delta < study.Privacy.Delta)
            {
                throw source.Error(line, string.Create(CultureInfo.InvariantCulture,
                    $"'delta' is {delta} in attacks[{i}] ({id}), and the guarantees hold at {study.Privacy.Delta}: a bound at a smaller one does not refute them; give at least {study.Privacy.Delta}, or leave it out"));
            }
            if (!seen.TryAdd(id, line)) throw source.Error(line, $"attacks[{i}] is called '{id}' like the attack in line {seen[id]}; give it an 'id' of its own");
        }
    }

    private void CheckSplits(SplitsSection splits)
    {
        var at = map.Find("splits")?.Value as YamlMap;
        foreach (var (key, size) in new[] { ("members", splits.Members), ("nonMembers", splits.NonMembers), ("reference", splits.Reference) })
        {
            if (size > 1 && size != Math.Truncate(size))
                throw source.Error(at?.Find(key)?.Line ?? 1, $"'{key}' is {size.ToString(CultureInfo.InvariantCulture)} in splits; give a share of the data, up to 1, or a whole number of images");
        }
        var shares = new[] { splits.Members, splits.NonMembers, splits.Reference };
        if (shares.All(share => share <= 1) && shares.Sum() > 1 + 1e-9)
            throw source.Error(map.Find("splits")?.Line ?? 1, $"members, nonMembers and reference are {shares.Sum():0.###} together in splits; shares of the data sum to 1 at most");
    }

    private void CheckGrid(Study study, GridSection grid)
    {
        var at = (YamlMap)map.Find("grid")!.Value;
        Once("budgets", grid.Budgets.Select(budget => $"{budget}"));
        Once("seeds", grid.Seeds.Select(seed => $"{seed}"));
        Once("samplers", grid.Samplers.Select(sampler => sampler.Id));
        Once("classifiers", grid.Classifiers.Select(classifier => classifier.Id));
        Once("releases", grid.Releases.Select(release => release.ToString().ToLowerInvariant()));
        Once("outputNoise", grid.OutputNoise.Select(noise => $"{noise}"));
        foreach (var one in grid.Classifiers.Where(one => one.Mitigation.Length > 0 && !Classifiers.IsNetwork(one.Options.Network)))
            throw source.Error(Line("classifiers"), $"classifier '{one.Id}' is no network in grid.classifiers, and {one.Mitigation} is for networks; leave it out, or choose cnn, mlp, resNet, wideResNet or resNeXt");
        foreach (var id in grid.Classifiers.Select(classifier => classifier.Id).Where(id => !Label.IsValid(id)))
            throw source.Error(Line("classifiers"), $"'id' is '{id}' in grid.classifiers; give {Label.Rule}");
        foreach (var sampler in grid.Samplers.Where(sampler => sampler is { Plan: not null, Truncation: not null }))
            throw source.Error(Line("samplers"), $"sampler '{sampler.Id}' truncates noise and walks by PLAN in grid.samplers; a walk draws its own noise: leave 'truncation' or 'plan' out");
        if (study.Methods.Count == 0 && !grid.Releases.Contains(ReleaseKind.Classifier)) throw source.Error(at.Line, "'grid' releases what methods make, and 'methods' names none; name at least one, or release a classifier trained on real images");
        if (grid.Releases.Count == 0 && grid.Selection is null) throw source.Error(Line("releases"), "'releases' is empty in grid; name dataset, generator, networks or classifier");
        if (grid.Shadows % 2 != 0) throw source.Error(Line("shadows"), $"'shadows' is {grid.Shadows} in grid; give an even number, so that each record is in half of the runs");
        if (grid.Selection is not null && grid.Classifiers.Count < 2) throw source.Error(Line("selection"), "'selection' in grid chooses among classifiers; name at least two in 'classifiers'");
        if (grid.Selection is { Modes.Count: 0 }) throw source.Error(Line("selection"), "'modes' is empty in grid.selection; name syn, val or sen");

        int Line(string key) => at.Find(key)?.Line ?? at.Line;

        void Once(string key, IEnumerable<string> items)
        {
            if (items.GroupBy(item => item).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw source.Error(Line(key), $"'{key}' names '{twice.Key}' twice in grid; each cell is run once");
        }
    }

    /// <summary>Refuses a section that names a method which the study has not.</summary>
    private void CheckNamed(Study study, string section, IReadOnlyList<string> ids)
    {
        if (ids.FirstOrDefault(id => study.Methods.All(method => method.Id != id)) is not { } unknown) return;
        throw source.Error(map.Find(section)!.Line, $"{section} names the method '{unknown}', which the study has not{NearestName.Hint(unknown, [.. study.Methods.Select(method => method.Id)])}");
    }

    private int LineOf(string list, int index) => ((YamlList)map.Find(list)!.Value).Items[index].Line;
}
