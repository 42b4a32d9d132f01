using System.Runtime.InteropServices;
using Understudy.Privacy.Noise;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Noise of which every number is the same, so that whatever it was added to tells by how much it was scaled.</summary>
internal sealed class ConstantNoise() : NoiseSource(new Stream())
{
    public override bool IsPrivate => false;

    /// <summary>The number that stands for a standard normal one.</summary>
    public static double Unit { get; } = MakeUnit();

    private static double MakeUnit()
    {
        using var noise = new ConstantNoise();
        Span<double> unit = [0];
        noise.AddGaussian(unit, 1);
        return unit[0];
    }

    private sealed class Stream : CounterStream
    {
        protected override void ForgetKey()
        {
            // There is none.
        }

        protected override void FillBlocks(UInt128 firstBlock, Span<byte> destination) => MemoryMarshal.Cast<byte, ulong>(destination).Fill(0xB7E1_5162_8AED_2A6A);
    }
}
