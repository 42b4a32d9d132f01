using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>N(μ, 1) against N(0, 1): the loss is N(μ²/2, μ²) under P and N(−μ²/2, μ²) under Q.</summary>
internal sealed class GaussianPair(double mu) : LossPair
{
    public override bool IsSymmetric => true;

    public override double HockeyStick(double epsilon) => AnalyticGaussian.HockeyStick(mu, epsilon);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override RocPoint At(double t, bool inclusive = false)
    {
        double p = t / mu - mu / 2, q = t / mu + mu / 2;
        return new RocPoint(Normal.UpperTail(Math.Abs(p)), p < 0, Normal.UpperTail(Math.Abs(q)), q < 0);
    }
}
