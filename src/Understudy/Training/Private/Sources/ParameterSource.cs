using Understudy.Torch;

namespace Understudy.Training.Private.Sources;

/// <summary>Where a layer's weight or bias comes from: a linear or normalising map of one parameter.</summary>
/// <param name="Parameter">Index of the parameter.</param>
/// <param name="Value">What the layer uses, without history.</param>
internal abstract record ParameterSource(int Parameter, Tensor Value)
{
    /// <summary>Gradients with respect to the parameter from those with respect to the value: [S, value…] to [S, parameter…].</summary>
    public abstract Tensor Pull(Tensor gradients);

    /// <summary>The part of a sum, shaped as the parameter, to which gradients with respect to the value add as they are; null if there is none.</summary>
    public abstract Tensor? PlaceIn(Tensor sum);

    /// <summary>The same map of copies of the parameter, differentiable: [S, parameter…] to [S, value…].</summary>
    public abstract Tensor Derive(Tensor copies);

    /// <summary>Whether the two depend on different elements of the parameter.</summary>
    public abstract bool IsDisjointFrom(ParameterSource other);

    /// <summary>Whether the two are the same map.</summary>
    public abstract bool IsSameAs(ParameterSource other);
}
