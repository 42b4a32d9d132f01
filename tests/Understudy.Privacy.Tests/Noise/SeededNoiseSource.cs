using System.Buffers.Binary;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Tests.Noise;

/// <summary>Noise that everybody can know, so that a statistical test gives the same answer on every run.</summary>
internal sealed class SeededNoiseSource(int seed) : NoiseSource(CounterStream.WithKey(KeyOf(seed)))
{
    public override bool IsPrivate => false;

    private static byte[] KeyOf(int seed)
    {
        var key = new byte[CounterStream.KeyBytes];
        BinaryPrimitives.WriteInt32LittleEndian(key, seed);
        return key;
    }
}
