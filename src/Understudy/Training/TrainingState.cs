using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;

namespace Understudy.Training;

/// <summary>Everything that training changes, as one file: networks, averages, optimisers and the number of steps done.</summary>
/// <param name="tensors">The live tensors of networks and averages, by what they are.</param>
/// <param name="optimizers">The optimisers, by what they are.</param>
public sealed class TrainingState(IReadOnlyDictionary<string, StateDictionary> tensors, IReadOnlyDictionary<string, Optimizer> optimizers)
{
    private const string StepsDone = "stepsDone";

    /// <summary>Writes the file aside and renames it.</summary>
    public void Save(string path, long stepsDone)
    {
        using var scope = new TensorScope();
        var all = new StateDictionary { { StepsDone, Tensor.From([stepsDone], []) } };
        foreach (var (name, state) in tensors) all.AddRange($"{name}/", state);
        foreach (var (name, optimizer) in optimizers) all.AddRange($"{name}/", optimizer.State);
        all.Save(path);
    }

    /// <summary>Reads the file and returns the number of steps done.</summary>
    /// <exception cref="InvalidDataException">The file is of another training.</exception>
    public long Load(string path)
    {
        using var scope = new TensorScope();
        var all = StateDictionary.Load(path);
        foreach (var (name, state) in tensors) state.CopyFrom(all.Under($"{name}/"));
        foreach (var (name, optimizer) in optimizers) optimizer.Load(all.Under($"{name}/"));
        return all[StepsDone].Item<long>();
    }
}
