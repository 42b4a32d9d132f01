using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>How much the images of one class differ, beside real images of it: a conditional GAN may come to draw one easy image a class.</summary>
/// <remarks>The failure that Odena, Olah, Shlens (ICML 2017, 1610.09585, section 4.3) look for, there by structural similarity, here by squared distance.</remarks>
public static class ClassDiversity
{
    /// <summary>The mean squared distance of two images of a class, in squares of grey levels a pixel, for each class: [K], NaN where there are fewer than two.</summary>
    /// <param name="images">With labels.</param>
    public static double[] Of(ImageSet images)
    {
        var (labels, size) = (images.Labels!, images.Shape.Length);
        return [.. Enumerable.Range(0, images.ClassCount).Select(c =>
        {
            var sum = new double[size];
            double squares = 0;
            long count = 0;
            for (var i = 0; i < images.Count; i++)
            {
                if (labels[i] != c) continue;
                count++;
                var image = images.Image(i);
                for (var p = 0; p < size; p++)
                {
                    sum[p] += image[p];
                    squares += image[p] * image[p];
                }
            }
            // The mean over pairs of ‖x - y‖² is twice the unbiased variance, summed over pixels.
            return count < 2 ? double.NaN : 2 * (squares - (sum.Sum(s => s * s) / count)) / (count - 1) / size;
        })];
    }

    /// <summary>The least ratio over classes of the synthetic to the real spread: near 1 where each class varies as it should, near 0 where one has collapsed.</summary>
    /// <param name="real">With labels.</param>
    /// <param name="synthetic">With labels of the same classes.</param>
    public static Metric Measure(ImageSet real, ImageSet synthetic)
    {
        const string name = "within-class diversity";
        var ratios = Of(synthetic).Zip(Of(real)).Select((spread, c) => (Ratio: spread.First / spread.Second, Class: c)).Where(r => double.IsFinite(r.Ratio)).ToArray();
        if (ratios.Length == 0) return new Metric(name, double.NaN, Note: "not measured: no class has two synthetic and two real images");
        var (ratio, least) = ratios.MinBy(r => r.Ratio);
        return new Metric(name, ratio, Note: $"of '{real.ClassNames[least]}', the class that varies least beside real images");
    }
}
