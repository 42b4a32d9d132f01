namespace Understudy.Privacy.Events;

/// <summary>An event run on a Poisson sample: each record takes part independently with probability q. Shuffled or fixed batches are not this.</summary>
/// <param name="Rate">q.</param>
/// <param name="Event">What runs on the sample; several Gaussians on one sample count as one.</param>
public sealed record PoissonSampledEvent(SamplingRate Rate, PrivacyEvent Event) : PrivacyEvent;
