namespace Understudy.Privacy.Noise;

/// <summary>Noise keyed by 256 bits of the operating system. No seed reaches it, and the key leaves it nowhere.</summary>
internal sealed class SystemNoiseSource() : NoiseSource(CounterStream.WithSystemKey())
{
    /// <inheritdoc/>
    public override bool IsPrivate => true;
}
