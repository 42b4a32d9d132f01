using Understudy.Data;
using Understudy.Data.Splitting;

namespace Understudy.Metrics;

/// <summary>The images of a set, to be asked whether one of them equals another image in every value. Holds 16 bytes an image.</summary>
internal sealed class ExactImages(ImageSet images)
{
    private readonly HashSet<UInt128> _fingerprints = [.. Enumerable.Range(0, images.Count).Select(i => ImageUnits.Fingerprint(images.Image(i)))];

    public bool Contains(ReadOnlySpan<byte> image) => _fingerprints.Contains(ImageUnits.Fingerprint(image));
}
