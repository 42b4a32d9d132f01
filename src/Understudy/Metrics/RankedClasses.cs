namespace Understudy.Metrics;

/// <summary>Records sorted once by the score of every class, so that the AUC of each resample takes linear time.</summary>
internal sealed class RankedClasses
{
    private readonly int[] _truth;
    private readonly int[][] _order; // [K][N] records, highest score first
    private readonly bool[][] _tied; // [K][N] whether the score equals the one before

    public RankedClasses(ReadOnlySpan<float> scores, int[] truth, int classes)
    {
        _truth = truth;
        _order = new int[classes][];
        _tied = new bool[classes][];
        var column = new float[truth.Length];
        for (var k = 0; k < classes; k++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = -scores[i * classes + k];
            var order = Enumerable.Range(0, column.Length).ToArray();
            Array.Sort(column, order);
            var tied = new bool[column.Length];
            for (var i = 1; i < column.Length; i++) tied[i] = column[i] == column[i - 1];
            _order[k] = order;
            _tied[k] = tied;
        }
    }

    /// <summary>Mean one-vs-rest AUC over the classes for which the weighted records hold both kinds; NaN if there is none.</summary>
    public double MacroAuc(int[] weights)
    {
        double sum = 0;
        var present = 0;
        for (var k = 0; k < _order.Length; k++)
        {
            var auc = Auc(k, weights);
            if (double.IsNaN(auc)) continue;
            sum += auc;
            present++;
        }
        return sum / present;
    }

    private double Auc(int k, int[] weights)
    {
        // Twice the number of pairs in the right order; the positives of a tied run count half for its negatives.
        long above = 0, negatives = 0, twice = 0;
        var order = _order[k];
        var tied = _tied[k];
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            long positives = 0, others = 0;
            do
            {
                var record = order[end];
                if (_truth[record] == k) positives += weights[record];
                else others += weights[record];
                end++;
            }
            while (end < order.Length && tied[end]);
            twice += others * (2 * above + positives);
            above += positives;
            negatives += others;
            start = end;
        }
        return above == 0 || negatives == 0 ? double.NaN : twice / 2.0 / above / negatives;
    }
}
