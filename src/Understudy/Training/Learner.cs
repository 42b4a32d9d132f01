using Understudy.Torch;
using Understudy.Torch.Optimization;

namespace Understudy.Training;

/// <summary>A player of a game: some parameters, and the optimiser that lowers the player's loss by changing them.</summary>
/// <param name="optimizer">Its optimiser, which it then owns.</param>
/// <param name="clipNorm">The joint norm that its gradient is held to; null for no limit.</param>
public sealed class Learner(Optimizer optimizer, double? clipNorm = null) : IDisposable
{
    private readonly double learningRate = optimizer.LearningRate;

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer => optimizer;

    /// <summary>Multiplies the learning rate it began with.</summary>
    public double RateFactor
    {
        set => optimizer.LearningRate = learningRate * value;
    }

    /// <summary>The joint norm of the gradients that the last step went down; 0 before the first.</summary>
    public double GradientNorm()
    {
        using var scope = new TensorScope();
        return Math.Sqrt(optimizer.Parameters.Sum(parameter => parameter.Grad is { } gradient ? gradient.Square().Sum().Item<float>() : 0.0));
    }

    /// <summary>One step down the gradient of a loss.</summary>
    public void Lower(Tensor loss)
    {
        foreach (var parameter in optimizer.Parameters) parameter.Grad = null;
        loss.Backward();
        Step();
    }

    /// <summary>One step of several players at once: each goes down the gradient of its own loss at the point where all of them stand.</summary>
    /// <remarks>For players whose losses share computations, which a step of the first would invalidate for the second.</remarks>
    public static void LowerTogether(params ReadOnlySpan<(Learner Learner, Tensor Loss)> moves)
    {
        foreach (var (learner, loss) in moves)
        {
            Tensor[] parameters = [.. learner.Optimizer.Parameters];
            var gradients = Autograd.Grad([loss], parameters, retainGraph: true, allowUnused: true);
            for (var i = 0; i < parameters.Length; i++) parameters[i].Grad = gradients[i];
        }
        foreach (var (learner, _) in moves) learner.Step();
    }

    /// <inheritdoc/>
    public void Dispose() => optimizer.Dispose();

    private void Step()
    {
        if (clipNorm is { } norm) GradientClipping.ByNorm(optimizer.Parameters, norm);
        optimizer.Step();
    }
}
