using Understudy.Torch.Initialization;

namespace Understudy.Torch.Modules;

/// <summary>Gated recurrent units in one layer (Cho et al. 2014, 1406.1078), batch first: a sequence [B, T, inputs] to the states after each step, [B, T, units].</summary>
/// <remarks>
/// r = σ(W_r x + U_r h), z = σ(W_z x + U_z h), n = tanh(W_n x + r ⊙ (U_n h)) and h ← (1 − z) ⊙ n + z ⊙ h, each product with a bias, from h = 0.
/// It is made of linear layers, one over all steps and one for each, so what holds of them holds of it.
/// </remarks>
public sealed class GRU : Module
{
    private const int Gates = 3; // r, z and n, one below the other in the weights

    private readonly long units;
    private readonly Tensor inputWeight;
    private readonly Tensor stateWeight;
    private readonly Tensor inputBias;
    private readonly Tensor stateBias;

    /// <summary>Draws weights and biases from U(±1/√units).</summary>
    /// <param name="inputs">Numbers a step of the sequence.</param>
    /// <param name="units">Numbers of the state.</param>
    public GRU(long inputs, long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        this.units = units;
        var bound = 1 / Math.Sqrt(units);
        inputWeight = Drawn("weight_ih_l0", Gates * units, inputs);
        stateWeight = Drawn("weight_hh_l0", Gates * units, units);
        inputBias = Drawn("bias_ih_l0", Gates * units);
        stateBias = Drawn("bias_hh_l0", Gates * units);

        Tensor Drawn(string name, params long[] shape) => AddParameter(name, Initializers.Uniform(Tensor.Empty(shape), -bound, bound));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var state = Tensor.Zeros([x.Size(0), units], x.DType, x.Device);
        var states = new List<Tensor>();
        foreach (var given in Functional.Linear(x, inputWeight, inputBias).Unbind(1)) // [B, 3·units] each
        {
            var (fresh, kept) = (given.Chunk(Gates, 1), Functional.Linear(state, stateWeight, stateBias).Chunk(Gates, 1)); // [B, units] each
            var reset = (fresh[0] + kept[0]).Sigmoid();
            var update = (fresh[1] + kept[1]).Sigmoid();
            var candidate = (fresh[2] + (reset * kept[2])).Tanh();
            state = candidate + (update * (state - candidate));
            states.Add(state);
        }
        return Tensor.Stack([.. states], 1);
    }
}
