using Understudy.Torch.Native;

namespace Understudy.Torch;

/// <summary>One argument of an <see cref="Operator"/>: made by implicit conversion from what the operator's schema wants.</summary>
public readonly struct Value
{
    private Value(NativeTag tag, long bits = 0, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    internal NativeTag Tag { get; }

    internal long Bits { get; }

    internal object? Reference { get; }

    /// <summary>An absent optional argument.</summary>
    public static Value None => default;

    /// <summary>The default random generator of the CPU.</summary>
    public static Value DefaultGenerator => new(NativeTag.Generator, Torch.Device.Cpu.Packed);

    /// <summary>A tensor; null is an absent one.</summary>
    public static implicit operator Value(Tensor? tensor) => tensor is null ? default : new(NativeTag.Tensor, 0, tensor);

    /// <summary>An integer.</summary>
    public static implicit operator Value(int value) => new(NativeTag.Int, value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(long value) => new(NativeTag.Int, value);

    /// <summary>A real number.</summary>
    public static implicit operator Value(double value) => new(NativeTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Value(bool value) => new(NativeTag.Bool, value ? 1 : 0);

    /// <summary>A list of integers: a shape, strides, padding.</summary>
    public static implicit operator Value(long[] values) => new(NativeTag.IntList, 0, values);

    /// <summary>A list of real numbers.</summary>
    public static implicit operator Value(double[] values) => new(NativeTag.DoubleList, 0, values);

    /// <summary>A list of truth values.</summary>
    public static implicit operator Value(bool[] values) => new(NativeTag.BoolList, 0, Array.ConvertAll(values, v => v ? 1L : 0L));

    /// <summary>A list of tensors.</summary>
    public static implicit operator Value(Tensor[] tensors) => new(NativeTag.TensorList, 0, tensors);

    /// <summary>A list of tensors of which some may be absent (index lists).</summary>
    public static Value OptionalTensors(params Tensor?[] tensors) => new(NativeTag.OptionalTensorList, 0, tensors);

    /// <summary>A word that the operator knows.</summary>
    public static implicit operator Value(string text) => new(NativeTag.String, 0, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>An element type.</summary>
    public static implicit operator Value(DType dtype) => new(NativeTag.Int, (long)dtype);

    /// <summary>A memory format.</summary>
    public static implicit operator Value(MemoryFormat format) => new(NativeTag.Int, (long)format);

    /// <summary>A device.</summary>
    public static implicit operator Value(Device device) => new(NativeTag.Device, device.Packed);
}
