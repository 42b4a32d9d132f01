using Understudy.Torch.Serialization;

namespace Understudy.Torch.Optimization;

/// <summary>Changes parameters by their gradients. Made after the parameters are on their device.</summary>
/// <remarks>A parameter without a gradient is left alone, and its step is not counted. One step takes a few operator calls, whatever the number of parameters.</remarks>
public abstract class Optimizer : IDisposable
{
    private readonly Tensor[] parameters;
    private readonly long[] steps;
    private readonly List<KeyValuePair<string, Tensor[]>> moments = [];

    private protected Optimizer(IEnumerable<Tensor> parameters, double learningRate)
    {
        this.parameters = [.. parameters];
        if (this.parameters.Length == 0) throw new ArgumentException("there are no parameters to optimise", nameof(parameters));
        steps = new long[this.parameters.Length];
        LearningRate = learningRate;
    }

    /// <summary>The learning rate; schedulers set it.</summary>
    public double LearningRate { get; set; }

    /// <summary>What it optimises.</summary>
    public IReadOnlyList<Tensor> Parameters => parameters;

    /// <summary>Copies of what it remembers: the steps, the learning rate and the moments of each parameter, named by number.</summary>
    public StateDictionary State
    {
        get
        {
            var state = new StateDictionary
            {
                { "steps", Tensor.From(steps) },
                { "learning_rate", Tensor.Full([], LearningRate, DType.Float64) },
            };
            state.AddRange("", MomentState.Clone());
            return state;
        }
    }

    private StateDictionary MomentState => new(moments.SelectMany(m => m.Value.Select((t, i) => new KeyValuePair<string, Tensor>($"{m.Key}.{i}", t))));

    /// <summary>Changes the parameters by their gradients.</summary>
    public void Step()
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var gradients = Array.ConvertAll(parameters, p => p.Grad);
        for (var i = 0; i < steps.Length; i++)
        {
            if (gradients[i] is not null) steps[i]++;
        }
        // Usually one group: all parameters, all at the same step.
        foreach (var group in Enumerable.Range(0, parameters.Length).Where(i => gradients[i] is not null).GroupBy(i => steps[i]))
        {
            int[] members = [.. group];
            Update(Pick(parameters, members), Pick(gradients, members)!, [.. moments.Select(m => Pick(m.Value, members))], group.Key);
        }
    }

    /// <summary>Drops the gradients.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in parameters) parameter.Grad = null;
    }

    /// <summary>Takes over what another optimiser of the same kind and parameters remembered.</summary>
    /// <exception cref="InvalidDataException">The state does not fit.</exception>
    public void Load(StateDictionary state)
    {
        using var scope = new TensorScope();
        var own = MomentState;
        var loadedSteps = state["steps"].ToArray<long>();
        if (loadedSteps.Length != steps.Length) throw new InvalidDataException($"the state is of an optimiser of {loadedSteps.Length} parameters, this one has {steps.Length}");
        LearningRate = state["learning_rate"].Item<double>();
        own.CopyFrom(new(state.Where(t => t.Key is not ("steps" or "learning_rate"))));
        loadedSteps.CopyTo(steps, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in moments.SelectMany(m => m.Value)) tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks for a tensor of zeros beside each parameter.</summary>
    private protected void AddMoment(string name)
    {
        using var noGrad = Autograd.NoGrad();
        moments.Add(new(name, Array.ConvertAll(parameters, p => TensorScope.Persist(Tensor.ZerosLike(p)))));
    }

    /// <summary>One step for parameters that are all at the same step; the gradients stay as they are.</summary>
    /// <param name="parameters">What to change.</param>
    /// <param name="gradients">One a parameter.</param>
    /// <param name="moments">For each moment asked for, in that order, one tensor a parameter.</param>
    /// <param name="step">This step's number, from 1.</param>
    private protected abstract void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] moments, long step);

    private static T[] Pick<T>(T[] items, int[] members) => members.Length == items.Length ? items : Array.ConvertAll(members, i => items[i]);
}
