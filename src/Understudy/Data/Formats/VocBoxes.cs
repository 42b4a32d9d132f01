using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Understudy.Data.Formats;

/// <summary>The boxes of one image in a PASCAL VOC annotation.</summary>
internal static class VocBoxes
{
    /// <summary>The union of the ellipses that the boxes enclose, [H, W], 0 or 255.</summary>
    /// <param name="path">The annotation.</param>
    /// <param name="image">The shape of its image.</param>
    /// <exception cref="InputException">It is no such file, or a box is no box or lies outside the image.</exception>
    public static byte[] Mask(string path, ImageShape image)
    {
        var mask = new byte[image.Height * image.Width];
        foreach (var (i, box) in Load(path).Descendants("bndbox").Index())
        {
            int Edge(string name) => int.TryParse(box.Element(name)?.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new InputException($"{path}: box {i} has no whole number as {name}");
            var (left, top, right, bottom) = (Edge("xmin"), Edge("ymin"), Edge("xmax"), Edge("ymax"));
            if (left < 0 || top < 0 || right > image.Width || bottom > image.Height || left > right || top > bottom)
                throw new InputException($"{path}: box {i} is ({left}, {top}) to ({right}, {bottom}); a box lies within its image of {image.Width}x{image.Height} and starts at its upper left");
            Fill(mask, image, left, top, right, bottom);
        }
        return mask;
    }

    private static XDocument Load(string path)
    {
        using var stream = InputFile.Open(path);
        try
        {
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (XmlException e)
        {
            throw new InputException($"{path}, line {e.LineNumber}: is no valid XML; export the annotation anew", e);
        }
    }

    /// <summary>Pixels whose centre lies within the ellipse; a pixel's number is its left or upper edge.</summary>
    private static void Fill(byte[] mask, ImageShape image, int left, int top, int right, int bottom)
    {
        var (x0, y0, a, b) = ((left + right) / 2.0, (top + bottom) / 2.0, Math.Max(right - left, 1) / 2.0, Math.Max(bottom - top, 1) / 2.0);
        for (var y = top; y < Math.Min(bottom, image.Height); y++)
        {
            for (var x = left; x < Math.Min(right, image.Width); x++)
            {
                var (dx, dy) = ((x + 0.5 - x0) / a, (y + 0.5 - y0) / b);
                if (dx * dx + dy * dy <= 1) mask[y * image.Width + x] = byte.MaxValue;
            }
        }
    }
}
