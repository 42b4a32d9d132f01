namespace Understudy.Torch;

/// <summary>Which C# type holds an element of which <see cref="DType"/>.</summary>
internal static class ElementTypes
{
    internal static DType Of<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Byte => DType.UInt8,
        TypeCode.SByte => DType.Int8,
        TypeCode.Int16 => DType.Int16,
        TypeCode.Int32 => DType.Int32,
        TypeCode.Int64 => DType.Int64,
        TypeCode.Single => DType.Float32,
        TypeCode.Double => DType.Float64,
        TypeCode.Boolean => DType.Bool,
        _ when typeof(T) == typeof(Half) => DType.Float16,
        _ => throw new NotSupportedException($"{typeof(T).Name} is no element type"),
    };
}
