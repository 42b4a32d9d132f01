using System.Buffers.Binary;

namespace Understudy.Data.Formats;

/// <summary>What is needed of a NIfTI-1 header.</summary>
/// <param name="Size">Voxels along x, y and z.</param>
/// <param name="Type">Datatype code.</param>
/// <param name="IsBigEndian">The byte order of the header and of the voxels.</param>
/// <param name="DataStart">The byte at which the voxels start.</param>
/// <param name="Slope">Factor from what is stored to the value; 1 where the file states none.</param>
/// <param name="Intercept">What is added then.</param>
internal sealed record NiftiHeader((int Width, int Height, int Depth) Size, short Type, bool IsBigEndian, long DataStart, float Slope, float Intercept)
{
    /// <summary>Bytes of a header.</summary>
    public const int Length = 348;

    private const int Nifti2Length = 540;
    private const int MostVoxels = int.MaxValue / sizeof(double) - 8; // of the widest type, in one array

    private static readonly Dictionary<short, (string Name, int Bytes)> Types = new()
    {
        [2] = ("uint8", 1), [4] = ("int16", 2), [8] = ("int32", 4), [16] = ("float32", 4), [64] = ("float64", 8), [256] = ("int8", 1), [512] = ("uint16", 2), [768] = ("uint32", 4),
    };

    /// <summary>Bytes of all voxels.</summary>
    public long DataLength => (long)Size.Width * Size.Height * Size.Depth * Types[Type].Bytes;

    /// <summary>Reads and checks a header.</summary>
    /// <param name="bytes">[348].</param>
    /// <param name="path">How messages call the file.</param>
    /// <exception cref="InputException">It is none, contradicts itself, or states something that is not read.</exception>
    public static NiftiHeader Parse(ReadOnlySpan<byte> bytes, string path)
    {
        var little = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var big = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (little == Nifti2Length || big == Nifti2Length) throw new InputException($"{path}: is a NIfTI-2 file; convert it to NIfTI-1");
        if (little != Length && big != Length) throw new InputException($"{path}: is no NIfTI file (sizeof_hdr is {little}, not {Length})");
        var fields = new Fields(bytes, big == Length);
        CheckMagic(bytes.Slice(344, 4), path);
        var size = Dimensions(fields, path);
        var type = fields.Int16(70);
        if (!Types.TryGetValue(type, out var known))
            throw new InputException($"{path}: has datatype {type}; {string.Join(", ", Types.Select(t => $"{t.Key} ({t.Value.Name})"))} are read");
        if (fields.Int16(72) != 8 * known.Bytes)
            throw new InputException($"{path}: has bitpix {fields.Int16(72)} for datatype {type} ({known.Name}), which has {8 * known.Bytes}");
        var start = fields.Single(108);
        if (!(start >= Length + 4) || start != MathF.Floor(start) || start > int.MaxValue)
            throw new InputException($"{path}: has vox_offset {start}; voxels start at a whole byte from {Length + 4} on");
        var (slope, intercept) = (fields.Single(112), fields.Single(116));
        if (!float.IsFinite(slope) || !float.IsFinite(intercept))
            throw new InputException($"{path}: has scl_slope {slope} and scl_inter {intercept}; both are finite, or scl_slope is 0 for none");
        return slope == 0 ? new(size, type, fields.IsBigEndian, (long)start, 1, 0) : new(size, type, fields.IsBigEndian, (long)start, slope, intercept);
    }

    /// <summary>One voxel, scaled.</summary>
    public float Value(byte[] data, int index)
    {
        var fields = new Fields(data, IsBigEndian);
        var at = index * Types[Type].Bytes;
        double stored = Type switch
        {
            2 => data[at],
            256 => (sbyte)data[at],
            4 => fields.Int16(at),
            512 => (ushort)fields.Int16(at),
            8 => fields.Int32(at),
            768 => (uint)fields.Int32(at),
            16 => fields.Single(at),
            _ => fields.Double(at),
        };
        return (float)(stored * Slope + Intercept);
    }

    private static void CheckMagic(ReadOnlySpan<byte> magic, string path)
    {
        if (magic.SequenceEqual("n+1\0"u8)) return;
        throw new InputException(magic.SequenceEqual("ni1\0"u8)
            ? $"{path}: is the header of a pair of files (.hdr, .img); convert the pair to one .nii file"
            : $"{path}: is no NIfTI file (its magic is {Convert.ToHexString(magic)}, not 6E2B3100)");
    }

    private static (int Width, int Height, int Depth) Dimensions(Fields fields, string path)
    {
        var axes = fields.Int16(40);
        if (axes is < 1 or > 7) throw new InputException($"{path}: has dim[0] {axes}; a file has 1 to 7 axes");
        if (axes < 3) throw new InputException($"{path}: has {axes} axes; a volume has 3");
        var sizes = new int[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            sizes[axis] = fields.Int16(42 + 2 * axis);
            if (sizes[axis] < 1) throw new InputException($"{path}: has dim[{axis + 1}] {sizes[axis]}; an axis has at least 1 voxel");
            if (axis >= 3 && sizes[axis] > 1) throw new InputException($"{path}: has {sizes[axis]} volumes along axis {axis + 1}; split it into files of one volume");
        }
        if ((long)sizes[0] * sizes[1] * sizes[2] > MostVoxels)
            throw new InputException($"{path}: states {sizes[0]}x{sizes[1]}x{sizes[2]} voxels; at most {MostVoxels} are read");
        return (sizes[0], sizes[1], sizes[2]);
    }

    private readonly ref struct Fields(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;

        public bool IsBigEndian { get; } = isBigEndian;

        public short Int16(int at) => IsBigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]);

        public int Int32(int at) => IsBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

        public float Single(int at) => IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes[at..]) : BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]);

        public double Double(int at) => IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes[at..]) : BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]);
    }
}
