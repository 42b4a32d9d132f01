using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Sampling;

/// <summary>
/// Chooses the records of each step by secret randomness, and knows the event that its way of choosing makes of a step, so that sampling and
/// accounting cannot disagree.
/// </summary>
public abstract class BatchSampler : IDisposable
{
    private protected BatchSampler(NoiseSource source) => Source = source;

    /// <summary>Whether nobody can know the choice; otherwise what is made with it is NOT PRIVATE.</summary>
    public bool IsPrivate => Source.IsPrivate;

    private protected NoiseSource Source { get; }

    /// <summary>The records of the next step, independent of all others.</summary>
    public abstract SampledBatch Next();

    /// <summary>What one step costs that adds up contributions of these records, each of L2 norm at most C, and Gaussian noise of standard deviation σC.</summary>
    /// <param name="noiseMultiplier">σ.</param>
    public abstract PrivacyEvent StepEvent(NoiseMultiplier noiseMultiplier);

    /// <summary>Forgets the key of the randomness.</summary>
    public void Dispose()
    {
        Source.Dispose();
        GC.SuppressFinalize(this);
    }
}
