using System.Globalization;
using System.Runtime.CompilerServices;

namespace Understudy.Privacy;

/// <summary>Checks of arguments that a guarantee depends on.</summary>
internal static class Require
{
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Refuse(name, value, "be positive and finite");

    public static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Refuse(name, value, "be 0 or more and finite");

    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw Refuse(name, value, "lie in [0, 1]");

    public static long AtLeast(long minimum, long value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= minimum ? value : throw Refuse(name, value, $"be at least {minimum}");

    /// <summary>A name that a person reads: one line, not blank.</summary>
    public static string Name(string value, int longest, [CallerArgumentExpression(nameof(value))] string name = "") =>
        !string.IsNullOrWhiteSpace(value) && value.Length <= longest && !value.Any(char.IsControl)
            ? value
            : throw new ArgumentException($"{name} must be one line of 1 to {longest} characters and not blank.");

    private static ArgumentOutOfRangeException Refuse(string name, double value, string rule) =>
        new(name, $"{name} is {value.ToString(CultureInfo.InvariantCulture)}; it must {rule}.");
}
