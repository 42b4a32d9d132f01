using Understudy.Classification.SupportVectors;
using Understudy.Data;
using Understudy.Tests.Data;

namespace Understudy.Tests.Classification.SupportVectors;

public sealed class SupportVectorMachineTests
{
    // By hand: the widest margin between −1 and 1 is f(x) = x, with α = ½ each; at C = 0.1 both are bound and f(x) = 0.2 x.
    [Theory]
    [InlineData(10, 0.5, 1)]
    [InlineData(0.1, 0.1, 0.2)]
    public void Two_points_have_the_solution_by_hand(double cost, double alpha, double slope)
    {
        var machine = BinaryMachine.Train([[-1], [1]], [false, true], Kernel.Linear, cost);
        Assert.True(machine.IsOptimal);
        Assert.Equal([alpha, alpha], machine.Alphas);
        Assert.Equal(0, machine.Bias, 1e-12);
        Assert.Equal(3 * slope, machine.Decision([3]), 1e-12);
    }

    // The exact optimum is where the duality gap is 0: ½ ‖w‖² + C Σ max(0, 1 − y f(x)) = Σ α − ½ ‖w‖², and the constraints hold.
    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(true, 20)]
    [InlineData(false, 0.5)]
    [InlineData(false, 20)]
    public void The_duality_gap_of_overlapping_classes_is_closed(bool isLinear, double cost)
    {
        var (records, isPositive) = Overlapping(120);
        var kernel = isLinear ? Kernel.Linear : Kernel.Rbf(0.7);
        var machine = BinaryMachine.Train(records, isPositive, kernel, cost);
        var y = Array.ConvertAll(isPositive, positive => positive ? 1.0 : -1.0);
        var norm = 0.0;
        for (var i = 0; i < records.Length; i++)
        {
            for (var j = 0; j < records.Length; j++) norm += machine.Alphas[i] * machine.Alphas[j] * y[i] * y[j] * kernel.Of(records[i], records[j]);
        }
        var hinge = records.Index().Sum(x => Math.Max(0, 1 - y[x.Index] * machine.Decision(x.Item)));
        var (primal, dual) = (norm / 2 + cost * hinge, machine.Alphas.Sum() - norm / 2);
        Assert.True(machine.IsOptimal);
        Assert.Equal(0, machine.Alphas.Zip(y, (alpha, sign) => alpha * sign).Sum(), 1e-9);
        Assert.All(machine.Alphas, alpha => Assert.InRange(alpha, 0, cost));
        Assert.Equal(primal, dual, 2e-3 * primal);
    }

    [Fact]
    public void A_radial_kernel_tells_apart_what_a_line_cannot()
    {
        double[][] corners = [[0, 0], [1, 1], [0, 1], [1, 0]];
        bool[] isOdd = [false, false, true, true];
        var radial = BinaryMachine.Train(corners, isOdd, Kernel.Rbf(1), 100);
        Assert.Equal(isOdd, corners.Select(x => radial.Decision(x) > 0));
        var linear = BinaryMachine.Train(corners, isOdd, Kernel.Linear, 100);
        Assert.NotEqual(isOdd, corners.Select(x => linear.Decision(x) > 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_classes_are_told_apart_whatever_the_scale_of_a_feature(bool isLinear)
    {
        var random = new Random(3);
        var labels = Enumerable.Range(0, 90).Select(i => i % 3).ToArray();
        var features = labels.SelectMany(k => new[] { (float)(k + (0.1 * random.NextDouble())), (float)(1e4 * (k == 1 ? 1 : 0)) }).ToArray();
        var machine = SupportVectorMachine.Train(features, labels, isLinear, [0.1, 1, 10], seed: 1);
        Assert.Equal(labels, machine.Predict(features));
        Assert.True(machine.IsOptimal);
    }

    // Three classes that overlap, on two features of mean 0 and variance 1.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_are_the_votes_of_a_machine_for_each_pair(bool isLinear)
    {
        var random = new Random(5);
        var labels = Enumerable.Range(0, 90).Select(i => i % 3).ToArray();
        var raw = labels.Select(k => new[] { random.NextDouble() + (0.5 * k), random.NextDouble() + (k == 1 ? 0.4 : 0) }).ToArray();
        double[] means = [raw.Average(x => x[0]), raw.Average(x => x[1])];
        double[] scales = [.. means.Select((mean, f) => Math.Sqrt(raw.Average(x => Math.Pow(x[f] - mean, 2))))];
        var records = Array.ConvertAll(raw, x => new[] { (double)(float)((x[0] - means[0]) / scales[0]), (float)((x[1] - means[1]) / scales[1]) });
        var votes = records.Select(_ => new int[3]).ToArray();
        foreach (var (a, b) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            var pair = Enumerable.Range(0, 90).Where(i => labels[i] == a || labels[i] == b).ToArray();
            var machine = BinaryMachine.Train([.. pair.Select(i => records[i])], [.. pair.Select(i => labels[i] == a)], isLinear ? Kernel.Linear : Kernel.Rbf(0.5), 1);
            for (var i = 0; i < 90; i++) votes[i][machine.Decision(records[i]) >= 0 ? a : b]++;
        }
        var expected = Array.ConvertAll(votes, each => Array.IndexOf(each, each.Max()));
        float[] features = [.. records.SelectMany(x => x).Select(value => (float)value)];
        Assert.Equal(expected, SupportVectorMachine.Train(features, labels, isLinear, 1).Predict(features));
        Assert.NotEqual(labels, expected);
    }

    [Fact]
    public void The_cost_is_chosen_on_training_records_and_a_single_class_is_refused()
    {
        var (records, isPositive) = Overlapping(90);
        var features = records.SelectMany(x => x).Select(v => (float)v).ToArray();
        var labels = Array.ConvertAll(isPositive, positive => positive ? 1 : 0);
        Assert.Contains(SupportVectorMachine.Train(features, labels, isLinear: false, [0.01, 1], seed: 1).Cost, new[] { 0.01, 1 });
        Assert.Contains("one class", Images.InputError(() => SupportVectorMachine.Train(features, new int[90], isLinear: true, 1)), StringComparison.Ordinal);
    }

    private static (double[][] Records, bool[] IsPositive) Overlapping(int count)
    {
        var random = new Random(7);
        var isPositive = Enumerable.Range(0, count).Select(i => i % 3 == 0).ToArray();
        return (Array.ConvertAll(isPositive, positive => new[] { random.NextDouble() + (positive ? 0.5 : 0), random.NextDouble() }), isPositive);
    }
}
