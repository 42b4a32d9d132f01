namespace Understudy.Privacy.Numerics;

/// <summary>Searches along a line on which a condition fails up to some point and holds from there on.</summary>
internal static class Monotone
{
    /// <summary>The smallest value in (low, high] found to satisfy the condition, by bisection down to neighbouring doubles.</summary>
    /// <param name="low">The condition fails here, or this end is of no interest.</param>
    /// <param name="high">The condition holds here.</param>
    /// <param name="holds">Monotone: false, then true.</param>
    public static double FirstTrue(double low, double high, Func<double, bool> holds)
    {
        for (var i = 0; i < 200; i++)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) break;
            if (holds(middle)) high = middle;
            else low = middle;
        }
        return high;
    }

    /// <summary>Doubles a start value until the condition holds.</summary>
    /// <returns>The first value that satisfies it, or +∞ where none below 1e300 does.</returns>
    public static double Grow(double start, Func<double, bool> holds)
    {
        for (var value = start; value < 1e300; value *= 2)
            if (holds(value)) return value;
        return double.PositiveInfinity;
    }

    /// <summary>The smallest value of a quasi-convex function on [low, high], by golden-section search.</summary>
    public static double GoldenMinimum(double low, double high, int steps, Func<double, double> function)
    {
        const double ratio = 0.6180339887498949;
        double a = high - ratio * (high - low), b = low + ratio * (high - low);
        double fa = function(a), fb = function(b);
        for (var i = 0; i < steps; i++)
        {
            if (fa <= fb)
            {
                (high, b, fb) = (b, a, fa);
                fa = function(a = high - ratio * (high - low));
            }
            else
            {
                (low, a, fa) = (a, b, fb);
                fb = function(b = low + ratio * (high - low));
            }
        }
        return Math.Min(fa, fb);
    }
}
