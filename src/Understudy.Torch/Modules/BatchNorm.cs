namespace Understudy.Torch.Modules;

/// <summary>Batch normalisation of channels (Ioffe and Szegedy 2015): γ (x - μ)/√(σ² + ε) + β with μ, σ² over all but dimension 1.</summary>
/// <remarks>In training, of the batch, which also moves the running averages; in evaluation, the running averages.</remarks>
public abstract class BatchNorm : Module
{
    private readonly double epsilon;
    private readonly double momentum;
    private readonly int dimensions;

    private protected BatchNorm(int dimensions, long channels, double epsilon, double momentum)
    {
        this.dimensions = dimensions;
        this.epsilon = epsilon;
        this.momentum = momentum;
        Weight = AddParameter("weight", Tensor.Ones([channels]));
        Bias = AddParameter("bias", Tensor.Zeros([channels]));
        RunningMean = AddBuffer("running_mean", Tensor.Zeros([channels]));
        RunningVar = AddBuffer("running_var", Tensor.Ones([channels]));
        BatchesTracked = AddBuffer("num_batches_tracked", Tensor.Zeros([], DType.Int64));
    }

    /// <summary>γ, [C].</summary>
    public Tensor Weight { get; }

    /// <summary>β, [C].</summary>
    public Tensor Bias { get; }

    /// <summary>Running average of μ, [C].</summary>
    public Tensor RunningMean { get; }

    /// <summary>Running average of the unbiased σ², [C].</summary>
    public Tensor RunningVar { get; }

    /// <summary>Number of batches seen in training, a scalar (Int64).</summary>
    public Tensor BatchesTracked { get; }

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x)
    {
        // libtorch itself would take any rank, and normalise what was not meant.
        var rank = x.Shape.Length;
        if (rank != dimensions + 2 && !(dimensions == 1 && rank == 2))
            throw new ArgumentException($"{GetType().Name} takes {dimensions + 2} dimensions{(dimensions == 1 ? " or 2" : "")}, not [{string.Join(", ", x.Shape)}]", nameof(x));
        if (IsTraining) BatchesTracked.AddInPlace(1);
        return Functional.BatchNorm(x, RunningMean, RunningVar, Weight, Bias, IsTraining, momentum, epsilon);
    }
}
