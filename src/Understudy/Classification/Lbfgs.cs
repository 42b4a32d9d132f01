namespace Understudy.Classification;

/// <summary>Limited-memory BFGS (Nocedal, Wright, Numerical Optimization, 2nd ed., algorithm 7.4) with a line search that halves until the decrease suffices.</summary>
internal static class Lbfgs
{
    private const int Memory = 10;
    private const int MostHalvings = 40;
    private const double SufficientDecrease = 1e-4;

    /// <summary>Lowers a smooth convex function.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="evaluate">The function's value and gradient.</param>
    /// <param name="iterations">Steps at most.</param>
    /// <param name="tolerance">Ends where no partial derivative is larger.</param>
    /// <returns>The lowest point found.</returns>
    public static double[] Minimise(double[] start, Func<double[], (double Value, double[] Gradient)> evaluate, int iterations, double tolerance)
    {
        var (at, (value, gradient)) = (start, evaluate(start));
        var pairs = new List<(double[] Step, double[] Change, double Product)>();
        for (var iteration = 0; iteration < iterations && gradient.Max(Math.Abs) > tolerance; iteration++)
        {
            var direction = Direction(gradient, pairs);
            var slope = Dot(direction, gradient);
            // Without curvature the first step has length 1 at most.
            var length = pairs.Count > 0 ? 1 : Math.Min(1, 1 / Math.Sqrt(Dot(gradient, gradient)));
            var next = Moved(at, direction, length);
            var found = evaluate(next);
            for (var halving = 0; !(found.Value <= value + (SufficientDecrease * length * slope)); halving++)
            {
                if (halving == MostHalvings) return at;
                length /= 2;
                next = Moved(at, direction, length);
                found = evaluate(next);
            }
            var (step, change) = (Difference(next, at), Difference(found.Gradient, gradient));
            var product = Dot(step, change);
            if (product > 1e-12 * Dot(change, change)) pairs.Add((step, change, product));
            if (pairs.Count > Memory) pairs.RemoveAt(0);
            (at, value, gradient) = (next, found.Value, found.Gradient);
        }
        return at;
    }

    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Product)> pairs)
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var alphas = new double[pairs.Count];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            alphas[i] = Dot(pairs[i].Step, direction) / pairs[i].Product;
            Add(direction, pairs[i].Change, -alphas[i]);
        }
        if (pairs.Count > 0)
        {
            var scale = pairs[^1].Product / Dot(pairs[^1].Change, pairs[^1].Change);
            for (var j = 0; j < direction.Length; j++) direction[j] *= scale;
        }
        for (var i = 0; i < pairs.Count; i++) Add(direction, pairs[i].Step, alphas[i] - (Dot(pairs[i].Change, direction) / pairs[i].Product));
        return direction;
    }

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);

    private static void Add(double[] to, double[] what, double times) => System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(what, times, to, to);

    private static double[] Moved(double[] from, double[] direction, double length)
    {
        var moved = (double[])from.Clone();
        Add(moved, direction, length);
        return moved;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
