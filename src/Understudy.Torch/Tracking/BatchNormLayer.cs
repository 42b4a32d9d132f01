namespace Understudy.Torch.Tracking;

/// <summary><see cref="Functional.BatchNorm"/>.</summary>
/// <param name="RunningMean">[C], or null.</param>
/// <param name="RunningVar">[C], or null.</param>
/// <param name="Training">Whether the batch's own statistics are used.</param>
/// <param name="Momentum">Weight of this batch in the running statistics.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record BatchNormLayer(Tensor? RunningMean, Tensor? RunningVar, bool Training, double Momentum, double Epsilon) : ParametricLayer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, Tensor? weight, Tensor? bias) =>
        Functional.BatchNorm(x, RunningMean, RunningVar, weight, bias, Training, Momentum, Epsilon);
}
