using Understudy.Torch;

namespace Understudy.Training.Private.Sources;

/// <summary>Some rows of a parameter.</summary>
/// <param name="Parameter">Index of the parameter.</param>
/// <param name="Value">The rows.</param>
/// <param name="Start">The first row.</param>
/// <param name="Total">Rows of the parameter.</param>
internal sealed record ParameterRows(int Parameter, Tensor Value, long Start, long Total) : ParameterSource(Parameter, Value)
{
    private long End => Start + Value.Size(0);

    public override Tensor Pull(Tensor gradients)
    {
        var padding = new long[2 * (gradients.Shape.Length - 1)]; // pairs from the last dimension on
        padding[^2] = Start;
        padding[^1] = Total - End;
        return gradients.Pad(padding);
    }

    public override Tensor? PlaceIn(Tensor sum) => sum.Narrow(0, Start, Value.Size(0));

    public override Tensor Derive(Tensor copies) => copies.Narrow(1, Start, Value.Size(0));

    public override bool IsDisjointFrom(ParameterSource other) => other is ParameterRows rows && (rows.End <= Start || End <= rows.Start);

    public override bool IsSameAs(ParameterSource other) => other is ParameterRows rows && rows.Start == Start && rows.End == End;
}
