namespace Understudy.Training.Private;

/// <summary>How the norms of per-sample gradients are found. All give the same numbers up to rounding.</summary>
public enum NormMethod
{
    /// <summary>For each parameter whichever of the next two is cheaper; by <see cref="Expansion"/> where the loss differentiates the network itself.</summary>
    Automatic,
    /// <summary>From products of Gram matrices where a layer has them, without the gradients themselves.</summary>
    Ghost,
    /// <summary>From the gradients of all samples, layer by layer.</summary>
    Instantiate,
    /// <summary>From a copy of every parameter for each sample, by automatic differentiation: slow, and able to differentiate twice.</summary>
    Expansion,
}
