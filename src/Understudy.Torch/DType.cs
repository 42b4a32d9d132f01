namespace Understudy.Torch;

/// <summary>Element types, numbered as libtorch numbers them.</summary>
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 0,
    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,
    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 2,
    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 3,
    /// <summary>Signed 64-bit integer; the type of labels and indices.</summary>
    Int64 = 4,
    /// <summary>IEEE half precision.</summary>
    Float16 = 5,
    /// <summary>Single precision; the default of every layer.</summary>
    Float32 = 6,
    /// <summary>Double precision.</summary>
    Float64 = 7,
    /// <summary>Truth values, a byte each.</summary>
    Bool = 11,
    /// <summary>Brain float: float32's exponent with 8 bits of precision.</summary>
    BFloat16 = 15,
}
