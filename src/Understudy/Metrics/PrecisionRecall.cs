namespace Understudy.Metrics;

/// <summary>What a ROC curve does not show where positives are rare: how many of those called positive are.</summary>
public static class PrecisionRecall
{
    /// <summary>Average precision, Σ (R_i − R_{i−1}) P_i over the thresholds: the area under the precision–recall curve; chance gives the prevalence.</summary>
    public static double Area(RocCurve curve)
    {
        double area = 0, recall = 0;
        foreach (var point in curve.Points.Skip(1))
        {
            area += (point.TruePositiveRate - recall) * point.TruePositives / (point.TruePositives + point.FalsePositives);
            recall = point.TruePositiveRate;
        }
        return area;
    }
}
