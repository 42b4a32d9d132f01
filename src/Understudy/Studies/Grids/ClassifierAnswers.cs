using Understudy.Torch;
using Understudy.Torch.Serialization;

namespace Understudy.Studies.Grids;

/// <summary>What a classifier says of every split. It stays in the run's folder.</summary>
/// <param name="Test">On the test split.</param>
/// <param name="Members">On the members.</param>
/// <param name="NonMembers">On the non-members.</param>
/// <param name="Reference">On the reference images.</param>
/// <param name="Validation">On samples kept aside; null where none were.</param>
internal sealed record ClassifierAnswers(Answers Test, Answers Members, Answers NonMembers, Answers Reference, Answers? Validation)
{
    /// <summary>Writes them to a file.</summary>
    public void Save(string path)
    {
        using var scope = new TensorScope();
        var state = new StateDictionary();
        foreach (var (name, answers) in new[] { ("test", Test), ("members", Members), ("nonMembers", NonMembers), ("reference", Reference), ("validation", Validation) })
        {
            if (answers is null || answers.Labels.Length == 0) continue;
            state.Add(name, Tensor.From(answers.Probabilities, answers.Labels.Length, answers.Classes));
            state.Add(name + ".labels", Tensor.From(Array.ConvertAll(answers.Labels, label => (long)label)));
        }
        state.Save(path);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static ClassifierAnswers Load(string path)
    {
        using var scope = new TensorScope();
        var state = StateDictionary.Load(path);
        return new ClassifierAnswers(Of("test")!, Of("members")!, Of("nonMembers")!, Of("reference") ?? new Answers([], []), Of("validation"));

        Answers? Of(string name) => state.TryGetValue(name, out var probabilities)
            ? new Answers(probabilities.ToArray<float>(), Array.ConvertAll(state[name + ".labels"].ToArray<long>(), label => (int)label))
            : null;
    }
}
