using Understudy.Data;

namespace Understudy.Studies;

/// <summary>Pictures of walks: rows of frames, and the frames one after the other.</summary>
public static class WalkPicture
{
    /// <summary>Writes NAME.png, a row a walk, and NAME-animated.png, the walks side by side.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">The files' name.</param>
    /// <param name="walks">Frames of each walk, equally many.</param>
    /// <param name="side">About how many pixels a frame is wide in the animation.</param>
    /// <param name="milliseconds">How long a frame is shown.</param>
    /// <returns>The names of the files.</returns>
    public static (string Strip, string Animation) Write(string folder, string name, IReadOnlyList<ImageSet> walks, int side, int milliseconds)
    {
        var (strip, animation) = ($"{name}.png", $"{name}-animated.png");
        var plain = walks.Select(walk => new ImageSet(walk.Shape, walk.Pixels)).ToArray();
        ImageGrid.Write(Path.Combine(folder, strip), ImageSet.Concat(plain), plain.Length, plain[0].Count, gap: 2, scale: Math.Max(1, side / 2 / plain[0].Shape.Height));
        var frames = Enumerable.Range(0, plain[0].Count).Select(t => ImageGrid.Tile(
            ImageSet.Concat([.. plain.Select(walk => walk.Subset([t]))]), 1, plain.Length, gap: 2, scale: Math.Max(1, side / plain[0].Shape.Height))).ToArray();
        var file = AnimatedPng.Encode(frames, milliseconds);
        AtomicFile.Write(Path.Combine(folder, animation), stream => stream.Write(file));
        return (strip, animation);
    }
}
