namespace Understudy.Metrics;

/// <summary>What figures of a segmentation need of one image, or of several together.</summary>
internal sealed class PixelTally
{
    private const int Bins = 256;

    private readonly long[] foreground = new long[Bins]; // pixels by probability
    private readonly long[] background = new long[Bins];
    private double sumOfDice;
    private int images;

    public double F1 => Dice(Hits, Found, True);

    public double MeanDice => sumOfDice / images;

    public double Sensitivity => (double)Hits / True;

    public double Specificity => 1 - (double)(Found - Hits) / background.Sum();

    /// <summary>Probability that a foreground pixel is given more than a background pixel, ties by half; probabilities in 256 bins.</summary>
    public double Auc
    {
        get
        {
            double above = 0, below = 0;
            for (var b = 0; b < Bins; b++)
            {
                above += foreground[b] * (below + background[b] / 2.0);
                below += background[b];
            }
            return above / ((double)True * below);
        }
    }

    private long Hits => foreground.AsSpan(Bins / 2).ToArray().Sum();

    private long Found => Hits + background.AsSpan(Bins / 2).ToArray().Sum();

    private long True => foreground.Sum();

    /// <summary>Counts the pixels of one image.</summary>
    public static PixelTally Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> mask)
    {
        var tally = new PixelTally();
        for (var p = 0; p < mask.Length; p++)
        {
            // Half and above is the upper half of the bins, exactly.
            var bin = Math.Clamp((int)(probabilities[p] * Bins), 0, Bins - 1);
            (mask[p] != 0 ? tally.foreground : tally.background)[bin]++;
        }
        (tally.sumOfDice, tally.images) = (tally.F1, 1);
        return tally;
    }

    /// <summary>The counts of several images together.</summary>
    public static PixelTally Sum(IEnumerable<PixelTally> tallies)
    {
        var sum = new PixelTally();
        foreach (var tally in tallies)
        {
            for (var b = 0; b < Bins; b++)
            {
                sum.foreground[b] += tally.foreground[b];
                sum.background[b] += tally.background[b];
            }
            sum.sumOfDice += tally.sumOfDice;
            sum.images += tally.images;
        }
        return sum;
    }

    private static double Dice(long hits, long found, long truly) => found + truly == 0 ? 1 : 2.0 * hits / (found + truly);
}
