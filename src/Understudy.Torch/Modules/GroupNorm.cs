namespace Understudy.Torch.Modules;

/// <summary>Group normalisation of [B, C, …] (Wu and He 2018): each sample by the mean and variance of each of its groups of channels.</summary>
public sealed class GroupNorm : Module
{
    private readonly long groups;
    private readonly double epsilon;

    /// <summary>Makes γ = 1 and β = 0.</summary>
    /// <param name="groups">Number of groups; divides the channels.</param>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    public GroupNorm(long groups, long channels, double epsilon = 1e-5)
    {
        if (groups < 1 || channels % groups != 0) throw new ArgumentException($"{channels} channels cannot be split into {groups} equal groups", nameof(groups));
        (this.groups, this.epsilon) = (groups, epsilon);
        Weight = AddParameter("weight", Tensor.Ones([channels]));
        Bias = AddParameter("bias", Tensor.Zeros([channels]));
    }

    /// <summary>Number of groups.</summary>
    public long Groups => groups;

    /// <summary>γ, [C].</summary>
    public Tensor Weight { get; }

    /// <summary>β, [C].</summary>
    public Tensor Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.GroupNorm(x, groups, Weight, Bias, epsilon);
}
