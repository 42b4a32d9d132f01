using System.Globalization;
using System.Numerics;

namespace Understudy.Generation.Evolution;

/// <summary>The strokes of handwritten digits, as points of splines in a unit square (x to the right, y downwards).</summary>
internal static class DigitStrokes
{
    private const int PartsOfSegment = 6;

    // A line a digit; ways of writing it between bars, strokes between semicolons; strokes that meet in a corner start where others end.
    private static readonly string[] Templates =
    [
        ".5 0 .8 .2 .85 .5 .75 .85 .5 1 .22 .85 .15 .5 .22 .18 .5 0",
        ".5 0 .5 1 | .33 .22 .55 0; .55 0 .55 1 | .33 .22 .52 0; .52 0 .52 1; .28 1 .76 1",
        ".18 .25 .3 .05 .55 0 .78 .15 .75 .4 .5 .68 .18 1; .18 1 .85 1 | .2 .2 .5 0 .8 .2 .7 .5 .35 .9 .2 .95 .15 .8 .35 .75 .6 .9 .88 .95",
        ".2 .12 .5 0 .78 .15 .75 .38 .45 .48; .45 .48 .8 .6 .85 .8 .6 1 .3 .98 .15 .85 | .2 .02 .8 .02; .8 .02 .45 .42; .45 .42 .78 .5 .84 .78 .6 1 .3 .98 .15 .88",
        ".3 0 .2 .3 .18 .55; .18 .55 .82 .52; .72 .1 .7 .5 .66 1 | .65 1 .65 0; .65 0 .15 .65; .15 .65 .9 .65 | .2 .05 .15 .35 .3 .5 .6 .48 .75 .1; .75 .1 .7 .5 .66 1",
        ".8 0 .3 .02; .3 .02 .25 .42; .25 .42 .5 .36 .8 .5 .82 .78 .58 1 .3 .98 .15 .88 | .85 .02 .5 0 .32 .15 .38 .4 .65 .55 .7 .8 .5 1 .2 .92",
        ".72 .02 .4 .25 .2 .6 .25 .9 .5 1 .75 .88 .75 .65 .5 .55 .27 .68 | .5 0 .3 .3 .22 .7 .35 .98 .62 .98 .78 .75 .6 .58 .35 .65 .25 .8",
        ".15 .05 .85 .05; .85 .05 .6 .45 .42 1 | .15 .08 .8 .03; .8 .03 .55 .5 .42 1; .35 .52 .78 .48 | .2 .2 .2 .06; .2 .06 .82 .04; .82 .04 .6 .45 .5 1",
        ".5 .48 .25 .3 .3 .08 .55 0 .75 .12 .72 .32 .5 .48 .25 .65 .2 .88 .5 1 .78 .88 .75 .65 .5 .48 | .78 .1 .5 0 .28 .15 .35 .38 .6 .55 .75 .78 .55 1 .28 .92 .25 .7 .5 .5 .75 .28 .78 .1",
        ".75 .25 .55 .02 .3 .1 .22 .32 .4 .5 .65 .42 .76 .2; .76 .2 .74 .55 .62 1 | .75 .25 .55 .02 .3 .1 .22 .32 .4 .5 .65 .42 .76 .2; .76 .2 .74 .65 .58 .93 .28 .97",
    ];

    /// <summary>[10][ways of writing it][strokes][points].</summary>
    public static Vector2[][][][] All { get; } = Array.ConvertAll(Templates, digit => Parse(digit));

    private static Vector2[][][] Parse(string digit) =>
        [.. digit.Split('|').Select(way => way.Split(';').Select(stroke => Spline(Points(stroke))).ToArray())];

    private static Vector2[] Points(string stroke)
    {
        var numbers = stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return [.. numbers.Chunk(2).Select(pair => new Vector2(pair[0], pair[1]))];
    }

    /// <summary>Points of a Catmull–Rom spline through the given ones.</summary>
    private static Vector2[] Spline(Vector2[] through)
    {
        var points = new List<Vector2> { through[0] };
        for (var i = 0; i + 1 < through.Length; i++)
        {
            var (before, from, to, after) = (through[Math.Max(0, i - 1)], through[i], through[i + 1], through[Math.Min(through.Length - 1, i + 2)]);
            for (var part = 1; part <= PartsOfSegment; part++)
            {
                var t = (float)part / PartsOfSegment;
                points.Add(0.5f * ((2 * from) + ((to - before) * t) + (((2 * before) - (5 * from) + (4 * to) - after) * t * t) + (((3 * from) - before - (3 * to) + after) * t * t * t)));
            }
        }
        return [.. points];
    }
}
