namespace Understudy.Torch;

/// <summary>Where a tensor lives.</summary>
/// <param name="Type">CPU or CUDA.</param>
/// <param name="Index">The accelerator's number; -1 for the CPU.</param>
public readonly record struct Device(DeviceType Type, int Index)
{
    /// <summary>Main memory.</summary>
    public static Device Cpu => new(DeviceType.Cpu, -1);

    /// <summary>The accelerator with that number.</summary>
    public static Device Cuda(int index = 0) => new(DeviceType.Cuda, index);

    internal long Packed => ((long)Type << 32) | (uint)Index;

    /// <inheritdoc/>
    public override string ToString() => Type == DeviceType.Cpu ? "cpu" : $"cuda:{Index}";
}
