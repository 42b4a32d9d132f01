namespace Understudy.Privacy.Accounting.Pld;

/// <summary>One of two pairs, drawn with public probabilities and said which: masses add up by weight.</summary>
internal sealed class WeightedPair(double weight, LossPair first, LossPair second) : LossPair
{
    public override double MinLoss => Math.Min(first.MinLoss, second.MinLoss);

    public override double MaxLoss => Math.Max(first.MaxLoss, second.MaxLoss);

    public override double InfiniteMass => weight * first.InfiniteMass + (1 - weight) * second.InfiniteMass;

    public override RocPoint At(double t, bool inclusive = false)
    {
        RocPoint a = first.At(t, inclusive), b = second.At(t, inclusive);
        return RocPoint.Of(
            weight * a.PAbove + (1 - weight) * b.PAbove, weight * a.PAtMost + (1 - weight) * b.PAtMost,
            weight * a.QAbove + (1 - weight) * b.QAbove, weight * a.QAtMost + (1 - weight) * b.QAtMost);
    }
}
