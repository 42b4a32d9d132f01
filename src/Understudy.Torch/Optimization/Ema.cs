using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;

namespace Understudy.Torch.Optimization;

/// <summary>Exponential moving averages of a module's parameters and buffers: shadow ← decay · shadow + (1 - decay) · value.</summary>
/// <remarks>Generators are sampled from the averages. Integer buffers are copied. Made after the module is on its device.</remarks>
public sealed class Ema : IDisposable
{
    private readonly StateDictionary live;
    private readonly double decay;
    private readonly Tensor[] averaged;
    private readonly Tensor[] averages;

    /// <summary>Begins with the module's present values.</summary>
    /// <param name="module">What to average.</param>
    /// <param name="decay">Weight of the past, in [0, 1).</param>
    public Ema(Module module, double decay = 0.999)
    {
        this.decay = decay;
        live = module.State;
        State = live.Clone();
        averaged = [.. live.Select(t => t.Value).Where(t => t.IsFloatingPoint)];
        averages = [.. State.Select(t => t.Value).Where(t => t.IsFloatingPoint)];
    }

    /// <summary>The averages themselves, under the module's names; load into another module, or save.</summary>
    public StateDictionary State { get; }

    /// <summary>Takes the module's present values into the averages; to be called after each optimiser step.</summary>
    public void Update() => Average(decay);

    /// <summary>The same with a memory that is short at first, (1 + step)/(10 + step) at most, so that the starting values are soon forgotten.</summary>
    /// <param name="step">Steps done before this one.</param>
    public void Update(long step) => Average(Math.Min(decay, (1.0 + step) / (10.0 + step)));

    /// <summary>Puts the averages in the module's place until the result is disposed of, which puts its own values back.</summary>
    public IDisposable Apply()
    {
        var borrowed = new Borrowed(live);
        live.CopyFrom(State);
        return borrowed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in State) tensor.Dispose();
    }

    private void Average(double memory)
    {
        using var noGrad = Autograd.NoGrad();
        Foreach.MulInPlace(averages, memory);
        Foreach.AddInPlace(averages, averaged, 1 - memory);
        foreach (var (name, tensor) in live)
        {
            if (!tensor.IsFloatingPoint) State[name].CopyFrom(tensor);
        }
    }

    private sealed class Borrowed(StateDictionary live) : IDisposable
    {
        private readonly StateDictionary values = live.Clone();

        public void Dispose()
        {
            if (values.Any(t => t.Value.IsClosed)) return;
            live.CopyFrom(values);
            foreach (var (_, tensor) in values) tensor.Dispose();
        }
    }
}
