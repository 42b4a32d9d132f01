using Understudy.Privacy.Noise;

namespace Understudy.Tests.Training.Private;

/// <summary>Noise that is 0: of words whose bits are all 1, u = 1 and r = √(−2 ln u) = 0.</summary>
internal sealed class NoNoise() : NoiseSource(new Stream())
{
    public override bool IsPrivate => false;

    private sealed class Stream : CounterStream
    {
        protected override void ForgetKey()
        {
            // There is none.
        }

        protected override void FillBlocks(UInt128 firstBlock, Span<byte> destination) => destination.Fill(byte.MaxValue);
    }
}
