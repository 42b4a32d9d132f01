namespace Understudy.Sampling.Inversion;

/// <summary>What moves the latent vectors; the step of either does not depend on the unit of the loss.</summary>
public enum InversionOptimiser
{
    /// <summary>Adam, β = (0.9, 0.999).</summary>
    Adam,

    /// <summary>RMSprop with decay 0.99, as published.</summary>
    RmsProp,
}
