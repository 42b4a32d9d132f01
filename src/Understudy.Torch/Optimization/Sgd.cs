namespace Understudy.Torch.Optimization;

/// <summary>Gradient descent, with momentum if wanted: b ← momentum · b + g; parameter ← parameter - learningRate · b.</summary>
public sealed class Sgd : Optimizer
{
    private readonly double momentum;
    private readonly double weightDecay;
    private readonly bool nesterov;

    /// <summary>Prepares to optimise parameters.</summary>
    /// <param name="parameters">What to optimise.</param>
    /// <param name="learningRate">The step's length for a gradient of length 1.</param>
    /// <param name="momentum">Weight of the past.</param>
    /// <param name="weightDecay">λ: λ · parameter is added to the gradient.</param>
    /// <param name="nesterov">Whether to step by g + momentum · b (Sutskever et al. 2013).</param>
    public Sgd(IEnumerable<Tensor> parameters, double learningRate, double momentum = 0, double weightDecay = 0, bool nesterov = false)
        : base(parameters, learningRate)
    {
        if (nesterov && momentum == 0) throw new ArgumentException("Nesterov's step wants momentum", nameof(nesterov));
        (this.momentum, this.weightDecay, this.nesterov) = (momentum, weightDecay, nesterov);
        if (momentum != 0) AddMoment("momentum_buffer");
    }

    private protected override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] moments, long step)
    {
        if (weightDecay != 0) gradients = Foreach.Add(gradients, parameters, weightDecay);
        if (momentum != 0)
        {
            Foreach.MulInPlace(moments[0], momentum);
            Foreach.AddInPlace(moments[0], gradients);
            gradients = nesterov ? Foreach.Add(gradients, moments[0], momentum) : moments[0];
        }
        Foreach.AddInPlace(parameters, gradients, -LearningRate);
    }
}
