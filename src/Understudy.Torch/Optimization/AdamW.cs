namespace Understudy.Torch.Optimization;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2).</summary>
/// <param name="parameters">What to optimise.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta1">Decay of the mean of gradients.</param>
/// <param name="beta2">Decay of the mean of squared gradients.</param>
/// <param name="epsilon">ε, added to the root of the second moment.</param>
/// <param name="weightDecay">λ: parameters shrink by α · λ of themselves first.</param>
public sealed class AdamW(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2)
    : AdamOptimizer(parameters, learningRate, beta1, beta2, epsilon)
{
    private protected override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] moments, long step)
    {
        Foreach.MulInPlace(parameters, 1 - (LearningRate * weightDecay));
        base.Update(parameters, gradients, moments, step);
    }
}
