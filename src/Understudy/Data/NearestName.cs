namespace Understudy.Data;

/// <summary>Finds the name that someone who mistyped one probably meant.</summary>
public static class NearestName
{
    /// <summary>The candidate nearest to <paramref name="name"/>, or null where none is near: more than a third of the letters differ.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        var least = 1 + Math.Max(1, name.Length / 3);
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance >= least) continue;
            least = distance;
            nearest = candidate;
        }
        return nearest;
    }

    /// <summary><c>; did you mean 'x'?</c>, or where nothing is near <c>; choose one of a, b, c</c>: the end of an error message.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> candidates) =>
        Find(name, candidates) is { } near ? $"; did you mean '{near}'?"
        : candidates.Count == 0 ? "" : $"; choose one of {string.Join(", ", candidates)}";

    /// <summary>Edit distance, case ignored, where two neighbouring letters that change places count once (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = Same(a[i - 1], b[j - 1]);
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
