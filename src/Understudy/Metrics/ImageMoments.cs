using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>What moments of the grey values tell of a bright shape on a dark ground.</summary>
/// <param name="Ink">Mean grey value, in [0, 1]: larger for thicker strokes.</param>
/// <param name="Slant">μ₁₁/μ₀₂: by how many columns the shape moves to the left as it goes down a row, negated; positive where it leans to the right.</param>
/// <param name="Aspect">√(μ₂₀/μ₀₂): width by height.</param>
public sealed record ImageMoments(double Ink, double Slant, double Aspect)
{
    /// <summary>The names of the figures.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ink", "slant", "aspect"];

    /// <summary>The figures, as <see cref="Names"/>.</summary>
    public IReadOnlyList<double> Values => [Ink, Slant, Aspect];

    /// <summary>Of one image; channels are averaged. A blank image has slant 0 and aspect 1.</summary>
    public static ImageMoments Of(ImageSet images, int index)
    {
        var (channels, height, width) = images.Shape;
        var image = images.Image(index);
        var grey = new double[height * width];
        for (var i = 0; i < image.Length; i++) grey[i % grey.Length] += image[i] / (double)(byte.MaxValue * channels);
        double mass = 0, x = 0, y = 0;
        for (var p = 0; p < grey.Length; p++) (mass, x, y) = (mass + grey[p], x + (grey[p] * (p % width)), y + (grey[p] * (p / width)));
        if (mass == 0) return new ImageMoments(0, 0, 1);
        (x, y) = (x / mass, y / mass);
        double xx = 0, xy = 0, yy = 0;
        for (var p = 0; p < grey.Length; p++)
        {
            double dx = (p % width) - x, dy = (p / width) - y;
            (xx, xy, yy) = (xx + (grey[p] * dx * dx), xy + (grey[p] * dx * dy), yy + (grey[p] * dy * dy));
        }
        return yy == 0 ? new ImageMoments(mass / grey.Length, 0, 1) : new ImageMoments(mass / grey.Length, -xy / yy, Math.Sqrt(xx / yy));
    }
}
