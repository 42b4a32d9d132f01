namespace Understudy.Torch.Optimization;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share: all but where the weight decay goes.</summary>
public abstract class AdamOptimizer : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;

    private protected AdamOptimizer(IEnumerable<Tensor> parameters, double learningRate, double beta1, double beta2, double epsilon)
        : base(parameters, learningRate)
    {
        (this.beta1, this.beta2, this.epsilon) = (beta1, beta2, epsilon);
        AddMoment("exp_avg");
        AddMoment("exp_avg_sq");
    }

    private protected override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] moments, long step)
    {
        var (mean, square) = (moments[0], moments[1]);
        Foreach.MulInPlace(mean, beta1);
        Foreach.AddInPlace(mean, gradients, 1 - beta1);
        Foreach.MulInPlace(square, beta2);
        Foreach.AddCMulInPlace(square, gradients, gradients, 1 - beta2);

        // α m̂/(√v̂ + ε), with the bias corrections taken out of the tensors.
        var correction = Math.Sqrt(1 - Math.Pow(beta2, step));
        var denominators = Foreach.Sqrt(square);
        Foreach.AddInPlace(denominators, epsilon * correction);
        Foreach.AddCDivInPlace(parameters, mean, denominators, -LearningRate * correction / (1 - Math.Pow(beta1, step)));
    }
}
