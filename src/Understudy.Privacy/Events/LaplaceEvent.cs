namespace Understudy.Privacy.Events;

/// <summary>The Laplace mechanism: a sum of contributions of L1 norm at most 1, plus Laplace noise.</summary>
/// <param name="Scale">b &gt; 0: the noise density is e^(−|x|/b)/(2b), relative to one record's L1 bound. The standard deviation is √2·b.</param>
public sealed record LaplaceEvent(double Scale) : PrivacyEvent
{
    /// <summary>b &gt; 0, relative to one record's L1 bound.</summary>
    public double Scale { get; } = Require.Positive(Scale);
}
