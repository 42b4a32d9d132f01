using System.Text.RegularExpressions;

namespace Understudy.Studies;

/// <summary>Names that become folders.</summary>
internal static partial class Label
{
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z";

    public const string Rule = "up to 64 letters, digits, '.', '-' and '_', the first a letter or a digit";

    /// <summary>The baseline's place among the methods: the classifier trained on real data.</summary>
    public const string Real = "real";

    public static bool IsValid(string name) => Compiled().IsMatch(name);

    [GeneratedRegex(Pattern)]
    private static partial Regex Compiled();
}
