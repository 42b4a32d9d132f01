using System.IO.Compression;
using System.Text;
using Understudy.Torch.Serialization;

namespace Understudy.Torch.Tests.Serialization;

/// <summary>Damaged and hostile files give one clear exception.</summary>
public sealed class MalformedStateTests
{
    [Fact]
    public void CutAnywhereItIsRefused()
    {
        using var scope = new TensorScope();
        var whole = Saved();
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => StateReader.Read(new MemoryStream(whole[..length])));
    }

    [Fact]
    public void AnyWrongByteIsSeenOrDoesNotMatter()
    {
        using var scope = new TensorScope();
        var whole = Saved();
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= 0xff;
            StateDictionary state;
            try
            {
                state = StateReader.Read(new MemoryStream(damaged));
            }
            catch (InvalidDataException)
            {
                continue;
            }
            Assert.Equal(["w", "n"], state.Names);
            Assert.Equal([0f, 1, 2, 3, 4, 5], state["w"].ToArray<float>());
        }
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\u0002\0\0\0lstR.", "it calls 'os.system', which a state dictionary does not need; refused")]
    [InlineData("cbuiltins\neval\n)R.", "it calls 'builtins.eval', which a state dictionary does not need; refused")]
    [InlineData("cos\nsystem\n.", "'' is neither a tensor nor a number")]
    [InlineData("i.", "instruction 0x69 at byte 2 has no place in a state dictionary of pickle protocol 2")]
    [InlineData("}X\u0001\0\0\0aK", "it ends at byte 10, in the middle")]
    [InlineData("t.", "a mark is missing")]
    [InlineData("R.", "its stack is empty")]
    [InlineData("h\u0007.", "it refers to object 7, which it has not made")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR.", "collections.OrderedDict is called with other arguments than a state dictionary's")]
    [InlineData("}(X\u0001\0\0\0aK\u0001X\u0001\0\0\0aK\u0002u.", "'a' is there twice")]
    [InlineData("}NK\u0001s.", "a key below '' is neither text nor an integer")]
    public void PickleIsRefusedByName(string pickle, string message) =>
        Assert.Equal($"data.pkl: {message}", Assert.Throws<InvalidDataException>(() => Read(pickle)).Message);

    [Fact]
    public void EndlessNestingIsRefused()
    {
        Assert.Contains("nested deeper", Assert.Throws<InvalidDataException>(() => Read("]q\0h\0a.")).Message, StringComparison.Ordinal); // a list of itself
        var doubling = new StringBuilder("]q\0");
        for (var i = 0; i < 30; i++) doubling.Append("](h\0h\0eq\0"); // 2^30 items in 30 lists
        Assert.Contains("are more than", Assert.Throws<InvalidDataException>(() => Read($"{doubling}.")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 2, 2, null)]
    [InlineData(2, 2, 2, "shape [2, 2] with strides [2, 1] from element 2 lies outside its storage of 4 elements")]
    [InlineData(0, 2, 3, "shape [2, 2] with strides [3, 1] from element 0 lies outside its storage of 4 elements")]
    [InlineData(0, int.MaxValue, 1, "lies outside its storage")]
    [InlineData(-1, 2, 2, "lies outside its storage")]
    [InlineData(0, -2, 2, "lies outside its storage")]
    [InlineData(0, 2, -2, "lies outside its storage")]
    public void ViewsStayInsideTheirStorage(int offset, int rows, int stride, string? message)
    {
        using var scope = new TensorScope();
        var pickle = TensorPickle(4, offset, rows, stride);
        if (message is null) Assert.Equal([2L, 2], Read(pickle, new float[4])["a"].Shape);
        else Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(pickle, new float[4])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StoragesMustBeThereAndAsLongAsTheySay()
    {
        Assert.Equal("'a': its storage data/0 has 12 bytes, not 4 elements of 4", Assert.Throws<InvalidDataException>(() => Read(TensorPickle(4, 0, 2, 2), new float[3])).Message);
        Assert.Equal("'a': its storage data/0 is missing", Assert.Throws<InvalidDataException>(() => Read(TensorPickle(4, 0, 2, 2))).Message);
    }

    [Fact]
    public void OtherFilesAreNamedForWhatTheyAre()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x.pt"], "not a zip file");
        Assert.Equal($"{folder["x.pt"]}: it is no zip file, which torch.save writes since version 1.6, or a damaged one", Assert.Throws<InvalidDataException>(() => StateDictionary.Load(folder["x.pt"])).Message);
        using (ZipFile.Open(folder["y.pt"], ZipArchiveMode.Create)) { }
        Assert.EndsWith("it holds no data.pkl: not written by torch.save", Assert.Throws<InvalidDataException>(() => StateDictionary.Load(folder["y.pt"])).Message, StringComparison.Ordinal);
    }

    private static byte[] Saved()
    {
        using var stream = new MemoryStream();
        StateWriter.Write(new StateDictionary { { "w", Tensor.Arange(0, 6).Reshape(2, 3) }, { "n", Tensor.Zeros([], DType.Int64) } }, stream);
        return stream.ToArray();
    }

    // {'a': _rebuild_tensor_v2(storage of count floats, offset, (rows, 2), (stride, 1), False, {})}
    private static string TensorPickle(int count, int offset, int rows, int stride)
    {
        static string Integer(int value) => "J" + string.Concat(BitConverter.GetBytes(value).Select(b => (char)b));
        static string Text(string text) => "X" + (char)text.Length + "\0\0\0" + text;
        return "}" + Text("a") + "ctorch._utils\n_rebuild_tensor_v2\n((" + Text("storage") + "ctorch\nFloatStorage\n" + Text("0") + Text("cpu") + Integer(count) + "tQ"
            + Integer(offset) + Integer(rows) + "K\u0002\u0086" + Integer(stride) + "K\u0001\u0086\u0089}tRs.";
    }

    private static StateDictionary Read(string pickle, float[]? storage = null)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "x/data.pkl", Encoding.Latin1.GetBytes("\u0080\u0002" + pickle));
            if (storage is not null) Add(zip, "x/data/0", System.Runtime.InteropServices.MemoryMarshal.AsBytes(storage.AsSpan()));
        }
        return StateReader.Read(stream);
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
