namespace Understudy.Torch.Distributed;

/// <summary>What <see cref="ProcessGroup.AllReduce"/> makes of the elements that the processes hold at one place.</summary>
public enum ReduceOperation
{
    /// <summary>Their sum.</summary>
    Sum = 0,

    /// <summary>The least.</summary>
    Minimum = 3,

    /// <summary>The greatest.</summary>
    Maximum = 4,
}
