using Understudy.Data;
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
        if (study.Methods.Count == 0) throw source.Error(map.Find("methods")!.Value.Line, "'methods' is empty; name at least one method");
        CheckIds(study);
        CheckAttacks(study);
        CheckSplits(study.Splits);
    }

    private void CheckIds(Study study)
    {
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < study.Methods.Count; i++)
        {
            var (id, line) = (study.Methods[i].Id, LineOf("methods", i));
            if (!Label.IsValid(id)) throw source.Error(line, $"'id' is '{id}' in methods[{i}]; give {Label.Rule}");
            if (id == Label.Real) throw source.Error(line, $"methods[{i}] cannot be called '{id}', which is the baseline; give it another 'id'");
            if (!seen.TryAdd(id, line)) throw source.Error(line, $"methods[{i}] is called '{id}' like the method in line {seen[id]}; give it an 'id' of its own");
        }
    }

    private void CheckAttacks(Study study)
    {
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < study.Attacks.Count; i++)
        {
            var (id, line) = (study.Attacks[i].Id, LineOf("attacks", i));
            if (!Label.IsValid(id)) throw source.Error(line, $"'id' is '{id}' in attacks[{i}]; give {Label.Rule}");
            if (!seen.TryAdd(id, line)) throw source.Error(line, $"attacks[{i}] is called '{id}' like the attack in line {seen[id]}; give it an 'id' of its own");
        }
    }

    private void CheckSplits(SplitsSection splits)
    {
        var shares = new[] { splits.Members, splits.NonMembers, splits.Reference };
        if (shares.All(share => share <= 1) && shares.Sum() > 1 + 1e-9)
            throw source.Error(map.Find("splits")?.Line ?? 1, $"members, nonMembers and reference are {shares.Sum():0.###} together in splits; shares of the data sum to 1 at most");
    }

    private int LineOf(string list, int index) => ((YamlList)map.Find(list)!.Value).Items[index].Line;
}
