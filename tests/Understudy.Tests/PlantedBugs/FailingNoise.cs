using System.Security.Cryptography;
using Understudy.Privacy.Noise;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Noise whose random bits run out.</summary>
/// <param name="fills">How often bits may be asked for before.</param>
internal sealed class FailingNoise(int fills) : NoiseSource(new Stream(fills))
{
    public override bool IsPrivate => true;

    private sealed class Stream(int fills) : CounterStream
    {
        private readonly CounterStream inner = WithSystemKey();
        private int left = fills;

        protected override void ForgetKey() => inner.Dispose();

        protected override void FillBlocks(UInt128 firstBlock, Span<byte> destination)
        {
            if (left-- <= 0) throw new CryptographicException("no random bits");
            inner.Fill(firstBlock, destination);
        }
    }
}
