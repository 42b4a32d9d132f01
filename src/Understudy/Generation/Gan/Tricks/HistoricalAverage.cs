using Understudy.Torch;
using Understudy.Torch.Serialization;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>Holds a player's parameters near the mean of where they have been, which damps circling.</summary>
/// <remarks>Salimans et al., NIPS 2016, 1606.03498, section 3.3: ‖θ - (1/t) Σ θᵢ‖², i = 1 … t, is added to the player's loss.</remarks>
public sealed class HistoricalAverage : IDisposable
{
    private readonly Tensor[] parameters;
    private readonly Tensor[] means;

    /// <summary>Begins at the present values.</summary>
    public HistoricalAverage(IEnumerable<Tensor> parameters)
    {
        this.parameters = [.. parameters];
        State = new StateDictionary(this.parameters.Select((p, i) => new KeyValuePair<string, Tensor>($"{i}", p))).Clone();
        means = [.. State.Select(mean => mean.Value)];
    }

    /// <summary>The means themselves, by number of parameter.</summary>
    public StateDictionary State { get; }

    /// <summary>The squared distance, a scalar.</summary>
    public Tensor Penalty()
    {
        var sum = Tensor.Zeros([], device: parameters[0].Device);
        for (var i = 0; i < parameters.Length; i++) sum += (parameters[i] - means[i]).Square().Sum();
        return sum;
    }

    /// <summary>Takes the present values into the means.</summary>
    /// <param name="steps">How many values the means are of already, the first included.</param>
    public void Update(long steps)
    {
        using var noGrad = Autograd.NoGrad();
        for (var i = 0; i < means.Length; i++) means[i].LerpInPlace(parameters[i], 1.0 / (steps + 1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var mean in means) mean.Dispose();
    }
}
