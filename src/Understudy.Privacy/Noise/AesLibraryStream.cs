using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Understudy.Privacy.Noise;

/// <summary>The counter stream by the platform's cryptographic library, for processors without AES instructions that are known here.</summary>
internal sealed class AesLibraryStream : CounterStream
{
    private readonly Aes aes = Aes.Create();
    private readonly Lock gate = new();

    public AesLibraryStream(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes) throw new ArgumentException($"an AES-256 key has {KeyBytes} bytes, not {key.Length}.", nameof(key));
        aes.SetKey(key);
    }

    protected override void ForgetKey() => aes.Dispose();

    protected override void FillBlocks(UInt128 firstBlock, Span<byte> destination)
    {
        var counters = new byte[destination.Length];
        for (var at = 0; at < counters.Length; at += BlockBytes, firstBlock++)
            BinaryPrimitives.WriteUInt128BigEndian(counters.AsSpan(at), firstBlock);
        // A cipher object is not made for several threads.
        lock (gate) aes.EncryptEcb(counters, destination, PaddingMode.None);
    }
}
