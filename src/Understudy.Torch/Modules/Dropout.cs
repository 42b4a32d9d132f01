namespace Understudy.Torch.Modules;

/// <summary>In training, sets elements to 0 with a probability and scales the others by 1/(1 - probability) (Srivastava et al. 2014).</summary>
/// <param name="probability">Of an element to be dropped.</param>
public sealed class Dropout(double probability = 0.5) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.Dropout(x, probability, IsTraining);
}
