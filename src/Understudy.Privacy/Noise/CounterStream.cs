using System.Security.Cryptography;

namespace Understudy.Privacy.Noise;

/// <summary>
/// The keystream of AES-256 in counter mode (NIST SP 800-38A, section 6.5): block i is AES(key, i), with i as 128 bits, big-endian. It can be
/// read from anywhere, by several threads at once. Who reads no counter twice has numbers that nobody can tell from fair coins.
/// </summary>
internal abstract class CounterStream : IDisposable
{
    public const int KeyBytes = 32;
    public const int BlockBytes = 16;

    private volatile bool isDisposed;

    /// <summary>A stream with a fresh key of the operating system, which nothing else ever sees.</summary>
    public static CounterStream WithSystemKey()
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        try
        {
            RandomNumberGenerator.Fill(key);
            return WithKey(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>A stream with a given key: for tests, and for <see cref="WithSystemKey"/>.</summary>
    /// <param name="key">32 bytes.</param>
    public static CounterStream WithKey(ReadOnlySpan<byte> key) =>
        AesInstructionStream.IsSupported ? new AesInstructionStream(key) : new AesLibraryStream(key);

    /// <summary>Writes the blocks from <paramref name="firstBlock"/> on.</summary>
    /// <param name="firstBlock">The counter of the first block.</param>
    /// <param name="destination">Overwritten; whole blocks of 16 bytes.</param>
    /// <exception cref="ObjectDisposedException">The key has been forgotten.</exception>
    public void Fill(UInt128 firstBlock, Span<byte> destination)
    {
        if (destination.Length % BlockBytes != 0)
            throw new ArgumentException($"a keystream is read in whole blocks of {BlockBytes} bytes, not {destination.Length}.", nameof(destination));
        // Without its key the cipher would still give bytes, which everybody could know; also if the key was forgotten meanwhile.
        ObjectDisposedException.ThrowIf(isDisposed, this);
        FillBlocks(firstBlock, destination);
        ObjectDisposedException.ThrowIf(isDisposed, this);
    }

    /// <summary>Forgets the key. Nothing can be read afterwards.</summary>
    public void Dispose()
    {
        isDisposed = true;
        ForgetKey();
    }

    protected abstract void ForgetKey();

    protected abstract void FillBlocks(UInt128 firstBlock, Span<byte> destination);
}
