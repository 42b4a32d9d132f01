using Understudy.Torch;

namespace Understudy.Training.Private.Sources;

/// <summary>A parameter as it is.</summary>
internal sealed record WholeParameter(int Parameter, Tensor Value) : ParameterSource(Parameter, Value)
{
    public override Tensor Pull(Tensor gradients) => gradients;

    public override Tensor? PlaceIn(Tensor sum) => sum;

    public override Tensor Derive(Tensor copies) => copies;

    public override bool IsDisjointFrom(ParameterSource other) => false;

    public override bool IsSameAs(ParameterSource other) => other is WholeParameter;
}
