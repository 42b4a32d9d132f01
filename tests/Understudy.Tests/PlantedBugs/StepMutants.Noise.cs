using Understudy.Privacy;
using Understudy.Privacy.Sampling;
using Understudy.Torch;

namespace Understudy.Tests.PlantedBugs;

/// <content>Bugs of noise, sampling, divisor and chance.</content>
internal static partial class StepMutants
{
    private sealed class DrawnMean(Trial trial) : TextbookSteps(trial)
    {
        protected override double Divisor(int drawn) => Math.Max(1, drawn);
    }

    private sealed class ActualDivisor(Trial trial) : TextbookSteps(trial)
    {
        protected override double Divisor(int drawn) => Plan.SamplingRate.Value * Trial.Records.Count;
    }

    private sealed class Deviating(Trial trial, Func<double, double> deviation) : TextbookSteps(trial)
    {
        protected override double Deviation => deviation(base.Deviation);
    }

    private sealed class NoisePerPart(Trial trial) : TextbookSteps(trial)
    {
        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms)
        {
            base.Add(sums, part, norms);
            base.AddNoise(sums);
        }

        protected override void AddNoise(double[][] sums)
        {
            // Each part has its own already.
        }
    }

    private sealed class SharedNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            var shared = new double[sums.Max(sum => sum.Length)];
            Noise.AddGaussian(shared, Deviation);
            foreach (var sum in sums)
                for (var i = 0; i < sum.Length; i++) sum[i] += shared[i];
        }
    }

    private sealed class ConstantNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            double[] number = [0];
            Noise.AddGaussian(number, Deviation);
            foreach (var sum in sums)
                for (var i = 0; i < sum.Length; i++) sum[i] += number[0];
        }
    }

    private sealed class ReusedNoise(Trial trial) : TextbookSteps(trial)
    {
        private double[][]? first;

        protected override void AddNoise(double[][] sums)
        {
            if (first is null) base.AddNoise(first = Start());
            for (var p = 0; p < sums.Length; p++)
                for (var i = 0; i < sums[p].Length; i++) sums[p][i] += first[p][i];
        }
    }

    private sealed class SeededNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            foreach (var sum in sums)
            {
                var noise = Tensor.RandN([sum.Length], DType.Float64).ToArray<double>();
                for (var i = 0; i < sum.Length; i++) sum[i] += noise[i] * Deviation;
            }
        }
    }

    private sealed class NoiseOnFree(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            foreach (var parameter in Trial.Optimizer.Parameters)
            {
                if (parameter.Grad is not { } gradient) continue;
                var values = gradient.ToArray<float>();
                Noise.AddGaussian(values, Deviation / Plan.BatchSize);
                parameter.Grad = Tensor.From(values, parameter.Shape);
            }
        }
    }

    private sealed class CoarseNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            foreach (var sum in sums)
            {
                var noise = new float[sum.Length];
                Noise.AddGaussian(noise, Deviation);
                for (var i = 0; i < sum.Length; i++) sum[i] += noise[i];
            }
        }
    }

    private sealed class SwallowedFailure(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            try
            {
                base.AddNoise(sums);
            }
            catch (Exception)
            {
                // The step goes on.
            }
        }
    }

    private sealed class EmptySkipped(Trial trial) : TextbookSteps(trial)
    {
        protected override bool Proceeds(int[] drawn) => drawn.Length > 0;
    }

    private sealed class Shuffled(Trial trial) : TextbookSteps(trial)
    {
        private readonly Random random = new(1);
        private readonly Queue<int[]> epoch = [];

        protected override int[] Draw()
        {
            if (epoch.Count == 0)
            {
                var order = Enumerable.Range(0, Trial.Records.Count).ToArray();
                random.Shuffle(order);
                foreach (var batch in order.Chunk((int)(Plan.SamplingRate.Value * order.Length))) epoch.Enqueue(batch);
            }
            return epoch.Dequeue();
        }
    }

    private sealed class FixedSize(Trial trial) : TextbookSteps(trial)
    {
        private readonly Random random = new(1);

        protected override int[] Draw()
        {
            var order = Enumerable.Range(0, Trial.Records.Count).ToArray();
            random.Shuffle(order);
            return order[..(int)(Plan.SamplingRate.Value * order.Length)];
        }
    }

    private sealed class OtherRate(Trial trial, double rate) : TextbookSteps(trial)
    {
        protected override int[] Draw()
        {
            using var sampler = new PoissonSampler(Trial.Records.Count, new SamplingRate(rate));
            return sampler.Next().Indices.ToArray();
        }
    }

    private sealed class OpenChance(Trial trial) : TextbookSteps(trial)
    {
        protected override void Secretly(Action work) => work();
    }

    private sealed class CompanionsByPlace(Trial trial) : TextbookSteps(trial)
    {
        protected override long Companion(int record) => record % IPrivateSteps.Companions;
    }
}
