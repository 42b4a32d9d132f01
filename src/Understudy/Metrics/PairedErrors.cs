using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>What classifiers get wrong on the same images, and by how much one errs less than another.</summary>
public static class PairedErrors
{
    /// <summary>The share of images that a classifier gets wrong, with its exact interval.</summary>
    /// <param name="answers">[N] the classes it names.</param>
    /// <param name="labels">[N] the true ones.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">There are no images, or the lengths disagree.</exception>
    public static (double Value, Interval Interval) Error(ReadOnlySpan<int> answers, ReadOnlySpan<int> labels, double level = 0.95)
    {
        Check(answers, labels);
        var wrong = 0;
        for (var i = 0; i < labels.Length; i++) wrong += answers[i] == labels[i] ? 0 : 1;
        return ((double)wrong / labels.Length, ClopperPearson.TwoSided(wrong, labels.Length, level));
    }

    /// <summary>The error of another classifier less that of this one: above 0 where this one errs less.</summary>
    /// <remarks>
    /// With b the images that only the other gets wrong and c those that only this one does: (b - c)/N. The interval is Wald's with half an image added to each of the four cells:
    /// Agresti, Min, "Simple improved confidence intervals for comparing matched proportions", Statistics in Medicine 24, 2005.
    /// </remarks>
    /// <param name="answers">[N] the classes that this one names.</param>
    /// <param name="others">[N] those that the other names.</param>
    /// <param name="labels">[N] the true ones.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">There are no images, or the lengths disagree.</exception>
    public static (double Value, Interval Interval) Saved(ReadOnlySpan<int> answers, ReadOnlySpan<int> others, ReadOnlySpan<int> labels, double level = 0.95)
    {
        Check(answers, labels);
        Check(others, labels);
        var (b, c) = (0, 0);
        for (var i = 0; i < labels.Length; i++)
        {
            var (isRight, isOtherRight) = (answers[i] == labels[i], others[i] == labels[i]);
            if (isRight && !isOtherRight) b++;
            if (!isRight && isOtherRight) c++;
        }
        double n = labels.Length + 2, difference = b - c;
        var standardError = Math.Sqrt(b + c + 1 - (difference * difference / n)) / n;
        return (difference / labels.Length, Interval.Normal(difference / n, standardError, level));
    }

    private static void Check(ReadOnlySpan<int> answers, ReadOnlySpan<int> labels)
    {
        if (labels.Length == 0 || answers.Length != labels.Length) throw new InputException($"{answers.Length} answers for {labels.Length} labels; give one of each for at least one image");
    }
}
