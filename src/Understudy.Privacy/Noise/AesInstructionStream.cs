using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Understudy.Privacy.Noise;

/// <summary>The counter stream by the processor's AES instructions, eight blocks in flight. Key schedule: FIPS 197, section 5.2.</summary>
internal sealed class AesInstructionStream : CounterStream
{
    private const int Rounds = 14;
    private const int Lanes = 8;

    // Pinned, so that the collector leaves no copies behind.
    private readonly Vector128<byte>[] roundKeys = GC.AllocateArray<Vector128<byte>>(Rounds + 1, pinned: true);

    public AesInstructionStream(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes) throw new ArgumentException($"an AES-256 key has {KeyBytes} bytes, not {key.Length}.", nameof(key));
        var even = roundKeys[0] = Vector128.Create(key[..16]);
        var odd = roundKeys[1] = Vector128.Create(key[16..]);
        roundKeys[2] = even = NextEven(even, Aes.KeygenAssist(odd, 0x01));
        roundKeys[3] = odd = NextOdd(odd, Aes.KeygenAssist(even, 0));
        roundKeys[4] = even = NextEven(even, Aes.KeygenAssist(odd, 0x02));
        roundKeys[5] = odd = NextOdd(odd, Aes.KeygenAssist(even, 0));
        roundKeys[6] = even = NextEven(even, Aes.KeygenAssist(odd, 0x04));
        roundKeys[7] = odd = NextOdd(odd, Aes.KeygenAssist(even, 0));
        roundKeys[8] = even = NextEven(even, Aes.KeygenAssist(odd, 0x08));
        roundKeys[9] = odd = NextOdd(odd, Aes.KeygenAssist(even, 0));
        roundKeys[10] = even = NextEven(even, Aes.KeygenAssist(odd, 0x10));
        roundKeys[11] = odd = NextOdd(odd, Aes.KeygenAssist(even, 0));
        roundKeys[12] = even = NextEven(even, Aes.KeygenAssist(odd, 0x20));
        roundKeys[13] = odd = NextOdd(odd, Aes.KeygenAssist(even, 0));
        roundKeys[14] = NextEven(even, Aes.KeygenAssist(odd, 0x40));
    }

    public static bool IsSupported => Aes.IsSupported;

    protected override void ForgetKey() => Array.Clear(roundKeys);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void FillBlocks(UInt128 firstBlock, Span<byte> destination)
    {
        Span<byte> last = stackalloc byte[Lanes * BlockBytes];
        var whole = destination.Length / last.Length * last.Length;
        for (var at = 0; at < whole; at += last.Length, firstBlock += Lanes) Encrypt(firstBlock, ref destination[at]);
        if (whole == destination.Length) return;
        Encrypt(firstBlock, ref MemoryMarshal.GetReference(last));
        last[..(destination.Length - whole)].CopyTo(destination[whole..]);
    }

    /// <summary>Encrypts the counters from <paramref name="counter"/> on into 128 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Encrypt(UInt128 counter, ref byte destination)
    {
        ref var keys = ref MemoryMarshal.GetArrayDataReference(roundKeys);
        var key = keys;
        var a = Block(counter) ^ key;
        var b = Block(counter + 1) ^ key;
        var c = Block(counter + 2) ^ key;
        var d = Block(counter + 3) ^ key;
        var e = Block(counter + 4) ^ key;
        var f = Block(counter + 5) ^ key;
        var g = Block(counter + 6) ^ key;
        var h = Block(counter + 7) ^ key;
        for (var round = 1; round < Rounds; round++)
        {
            key = Unsafe.Add(ref keys, round);
            a = Aes.Encrypt(a, key);
            b = Aes.Encrypt(b, key);
            c = Aes.Encrypt(c, key);
            d = Aes.Encrypt(d, key);
            e = Aes.Encrypt(e, key);
            f = Aes.Encrypt(f, key);
            g = Aes.Encrypt(g, key);
            h = Aes.Encrypt(h, key);
        }
        key = Unsafe.Add(ref keys, Rounds);
        Aes.EncryptLast(a, key).StoreUnsafe(ref destination);
        Aes.EncryptLast(b, key).StoreUnsafe(ref destination, 16);
        Aes.EncryptLast(c, key).StoreUnsafe(ref destination, 32);
        Aes.EncryptLast(d, key).StoreUnsafe(ref destination, 48);
        Aes.EncryptLast(e, key).StoreUnsafe(ref destination, 64);
        Aes.EncryptLast(f, key).StoreUnsafe(ref destination, 80);
        Aes.EncryptLast(g, key).StoreUnsafe(ref destination, 96);
        Aes.EncryptLast(h, key).StoreUnsafe(ref destination, 112);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Block(UInt128 counter) => Vector128.Create(
        BinaryPrimitives.ReverseEndianness((ulong)(counter >> 64)), BinaryPrimitives.ReverseEndianness((ulong)counter)).AsByte();

    private static Vector128<byte> NextEven(Vector128<byte> previous, Vector128<byte> assist) =>
        RunningXor(previous) ^ Vector128.Create(assist.AsUInt32()[3]).AsByte();

    private static Vector128<byte> NextOdd(Vector128<byte> previous, Vector128<byte> assist) =>
        RunningXor(previous) ^ Vector128.Create(assist.AsUInt32()[2]).AsByte();

    /// <summary>Word i becomes the exclusive or of the words 0..i.</summary>
    private static Vector128<byte> RunningXor(Vector128<byte> words)
    {
        words ^= Sse2.ShiftLeftLogical128BitLane(words, 4);
        return words ^ Sse2.ShiftLeftLogical128BitLane(words, 8);
    }
}
