namespace Understudy.Torch.Optimization;

/// <summary>RMSprop (Tieleman and Hinton 2012): s ← alpha · s + (1 - alpha) g²; parameter ← parameter - learningRate · g/(√s + ε).</summary>
public sealed class RmsProp : Optimizer
{
    private readonly double alpha;
    private readonly double epsilon;
    private readonly double weightDecay;

    /// <summary>Prepares to optimise parameters.</summary>
    /// <param name="parameters">What to optimise.</param>
    /// <param name="learningRate">The step's length for a gradient of steady size.</param>
    /// <param name="alpha">Decay of the mean of squared gradients.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ: λ · parameter is added to the gradient.</param>
    public RmsProp(IEnumerable<Tensor> parameters, double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate)
    {
        (this.alpha, this.epsilon, this.weightDecay) = (alpha, epsilon, weightDecay);
        AddMoment("square_avg");
    }

    private protected override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] moments, long step)
    {
        var square = moments[0];
        if (weightDecay != 0) gradients = Foreach.Add(gradients, parameters, weightDecay);
        Foreach.MulInPlace(square, alpha);
        Foreach.AddCMulInPlace(square, gradients, gradients, 1 - alpha);
        var denominators = Foreach.Sqrt(square);
        Foreach.AddInPlace(denominators, epsilon);
        Foreach.AddCDivInPlace(parameters, gradients, denominators, -LearningRate);
    }
}
