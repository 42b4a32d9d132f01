using Understudy.Torch;
using Understudy.Torch.Serialization;

namespace Understudy.Generation.PrivateGans;

/// <summary>Decides after how many discriminator steps the generator takes one: a fixed number, or more and more as the discriminator falls behind.</summary>
/// <remarks>
/// Bie, Kamath, Zhang, "Private GANs, Revisited", TMLR 2023, 2302.02936: with noise the discriminator learns slowly, so it needs more steps. Its
/// accuracy is measured on generated images alone; on real ones it would be another query.
/// </remarks>
/// <param name="fixedSteps">n_D, or 0 to adapt.</param>
/// <param name="threshold">Adapting: n_D grows when the average accuracy is at most this.</param>
internal sealed class GeneratorPace(int fixedSteps, double threshold) : IDisposable
{
    private const double Decay = 0.99;
    private const int Grace = 200;

    private static readonly int[] Rates = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    // [rate index, generator steps at this rate, discriminator steps since the last of the generator, average accuracy]
    private readonly Tensor state = TensorScope.Persist(Tensor.From([0d, 0, 0, 1], 4));

    /// <summary>The live state, for a checkpoint.</summary>
    public StateDictionary State => new() { { "pace", state } };

    /// <summary>n_D as it is now.</summary>
    public int Steps => fixedSteps > 0 ? fixedSteps : Rates[(int)state.ToArray<double>()[0]];

    /// <summary>Counts a discriminator step; true if the generator's turn has come.</summary>
    public bool IsGeneratorsTurn()
    {
        var values = state.ToArray<double>();
        values[2]++;
        var isTurn = values[2] >= Steps;
        if (isTurn) values[2] = 0;
        Set(values);
        return isTurn;
    }

    /// <summary>Takes note of a generator step.</summary>
    /// <param name="accuracy">Share of its images that the discriminator knew to be generated.</param>
    public void Observe(double accuracy)
    {
        var values = state.ToArray<double>();
        values[1]++;
        values[3] = (Decay * values[3]) + ((1 - Decay) * accuracy);
        if (values[1] >= Grace && values[3] <= threshold && values[0] < Rates.Length - 1) (values[0], values[1]) = (values[0] + 1, 0);
        Set(values);
    }

    /// <inheritdoc/>
    public void Dispose() => state.Dispose();

    private void Set(double[] values)
    {
        using var scope = new TensorScope();
        state.CopyFrom(Tensor.From(values, 4));
    }
}
