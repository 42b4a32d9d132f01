namespace Understudy.Privacy.Numerics;

/// <summary>Gauss-Legendre quadrature on [−1, 1].</summary>
internal static class GaussLegendre
{
    // 8 points: exact for polynomials up to degree 15.
    private static readonly double[] Nodes =
    [
        -0.9602898564975363, -0.7966664774136267, -0.5255324099163290, -0.1834346424956498,
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363,
    ];

    private static readonly double[] Weights =
    [
        0.1012285362903763, 0.2223810344533745, 0.3137066458778873, 0.3626837833783620,
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763,
    ];

    /// <summary>Number of points.</summary>
    public const int Points = 8;

    public static double Node(int i) => Nodes[i];

    public static double Weight(int i) => Weights[i];

    /// <summary>∫ f over [low, low + width].</summary>
    public static double Integrate(double low, double width, Func<double, double> function)
    {
        double radius = width / 2, middle = low + radius, sum = 0;
        for (var i = 0; i < Points; i++) sum += Weights[i] * function(middle + radius * Nodes[i]);
        return radius * sum;
    }
}
