using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Tests.Noise;

public sealed class CounterStreamTests
{
    /// <summary>NIST SP 800-38A, F.5.5 (CTR-AES256.Encrypt).</summary>
    private const string Key = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    private const string Plaintext =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    private const string Ciphertext =
        "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6";
    private static readonly UInt128 FirstCounter = new(0xf0f1f2f3f4f5f6f7, 0xf8f9fafbfcfdfeff);

    public static TheoryData<bool> Kinds => [true, false];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_published_vector_holds(bool byInstructions)
    {
        using var stream = Open(byInstructions, Convert.FromHexString(Key));
        var bytes = new byte[64];

        stream.Fill(FirstCounter, bytes);

        var encrypted = bytes.Zip(Convert.FromHexString(Plaintext), (a, b) => (byte)(a ^ b));
        Assert.Equal(Ciphertext, Convert.ToHexStringLower([.. encrypted]));
    }

    /// <summary>Also where the counter's low half wraps, and for lengths that are no multiple of the instructions' eight blocks.</summary>
    [Theory]
    [InlineData(0UL, 0UL, 1)]
    [InlineData(0UL, 0UL, 8)]
    [InlineData(0UL, ulong.MaxValue - 2, 9)]
    [InlineData(7UL, ulong.MaxValue, 31)]
    [InlineData(ulong.MaxValue, ulong.MaxValue - 3, 300)]
    public void Instructions_and_library_give_the_same_bytes(ulong high, ulong low, int blocks)
    {
        var key = Convert.FromHexString(Key);
        using var instructions = Open(byInstructions: true, key);
        using var library = Open(byInstructions: false, key);
        byte[] ours = new byte[16 * blocks], theirs = new byte[16 * blocks];

        instructions.Fill(new UInt128(high, low), ours);
        library.Fill(new UInt128(high, low), theirs);

        Assert.Equal(theirs, ours);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stream_can_be_entered_anywhere(bool byInstructions)
    {
        using var stream = Open(byInstructions, Convert.FromHexString(Key));
        byte[] all = new byte[16 * 20], part = new byte[16 * 3];

        stream.Fill(5, all);
        stream.Fill(5 + 13, part);

        Assert.Equal(all[(16 * 13)..(16 * 16)], part);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_disposed_stream_gives_nothing(bool byInstructions)
    {
        var stream = Open(byInstructions, Convert.FromHexString(Key));
        stream.Dispose();

        Assert.Throws<ObjectDisposedException>(() => stream.Fill(0, new byte[16]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Wrong_sizes_are_refused(bool byInstructions)
    {
        Assert.Throws<ArgumentException>(() => Open(byInstructions, new byte[16]));
        using var stream = Open(byInstructions, new byte[32]);
        Assert.Throws<ArgumentException>(() => stream.Fill(0, new byte[17]));
    }

    private static CounterStream Open(bool byInstructions, byte[] key)
    {
        if (!byInstructions) return new AesLibraryStream(key);
        if (!AesInstructionStream.IsSupported) Assert.Skip("this processor has no AES instructions that are known here.");
        return new AesInstructionStream(key);
    }
}
