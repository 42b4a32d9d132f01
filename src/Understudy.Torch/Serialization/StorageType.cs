namespace Understudy.Torch.Serialization;

/// <summary>How an element type is stored in files that PyTorch reads.</summary>
/// <param name="DType">The element type.</param>
/// <param name="ClassName">PyTorch's storage class, in the module <c>torch</c>.</param>
/// <param name="Size">Bytes of an element.</param>
internal sealed record StorageType(DType DType, string ClassName, int Size)
{
    private static readonly StorageType[] All =
    [
        new(DType.UInt8, "ByteStorage", 1),
        new(DType.Int8, "CharStorage", 1),
        new(DType.Int16, "ShortStorage", 2),
        new(DType.Int32, "IntStorage", 4),
        new(DType.Int64, "LongStorage", 8),
        new(DType.Float16, "HalfStorage", 2),
        new(DType.Float32, "FloatStorage", 4),
        new(DType.Float64, "DoubleStorage", 8),
        new(DType.Bool, "BoolStorage", 1),
        new(DType.BFloat16, "BFloat16Storage", 2),
    ];

    internal static StorageType Of(DType dtype) => Array.Find(All, t => t.DType == dtype) ?? throw new NotSupportedException($"{dtype} cannot be saved");

    internal static StorageType? Named(string className) => Array.Find(All, t => t.ClassName == className);
}
