namespace Understudy.Torch.Optimization;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1); weight decay, if any, is an L2 penalty.</summary>
/// <param name="parameters">What to optimise.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta1">Decay of the mean of gradients; GANs take 0.5 or 0.</param>
/// <param name="beta2">Decay of the mean of squared gradients.</param>
/// <param name="epsilon">ε, added to the root of the second moment.</param>
/// <param name="weightDecay">λ: λ · parameter is added to the gradient.</param>
public sealed class Adam(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
    : AdamOptimizer(parameters, learningRate, beta1, beta2, epsilon)
{
    private protected override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] moments, long step) =>
        base.Update(parameters, weightDecay == 0 ? gradients : Foreach.Add(gradients, parameters, weightDecay), moments, step);
}
