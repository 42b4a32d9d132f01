using Understudy.Data;
using Understudy.Privacy.Events;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <content>Bugs of clipping, of what is refused and of the ledger.</content>
internal static partial class StepMutants
{
    private sealed class ClippedSum(Trial trial) : TextbookSteps(trial)
    {
        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms)
        {
            var all = Start();
            foreach (var gradient in part.Select(record => Gradient(record.Real)))
                for (var p = 0; p < all.Length; p++)
                    for (var i = 0; i < all[p].Length; i++) all[p][i] += gradient[p][i];
            AddClipped(sums, all);
        }
    }

    private sealed class LayerBound(Trial trial) : TextbookSteps(trial)
    {
        protected override double Factor(double[][] gradient, int parameter) => Math.Min(1, Bound / Norm([gradient[parameter]]));
    }

    private sealed class BoundOfBatch(Trial trial) : TextbookSteps(trial)
    {
        private double median;

        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms)
        {
            var gradients = part.Select(record => Gradient(record.Real)).ToArray();
            median = gradients.Select(Norm).Order().ElementAt(gradients.Length / 2);
            foreach (var gradient in gradients) AddClipped(sums, gradient);
        }

        protected override double Factor(double[][] gradient, int parameter) => Math.Min(1, median / Norm(gradient));
    }

    private sealed class PartsApart(Trial trial) : TextbookSteps(trial)
    {
        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms) =>
            base.Add(sums, part.SelectMany(record => new[] { (record.Real, (Tensor?)null), (record.Fake!, null) }), norms);
    }

    private sealed class Poisoned(Trial trial) : TextbookSteps(trial)
    {
        protected override double Factor(double[][] gradient, int parameter) => Math.Min(1, Bound / Norm(gradient));
    }

    private sealed class StaleSums(Trial trial) : TextbookSteps(trial)
    {
        private double[][]? sums;

        protected override double[][] Start() => sums ??= base.Start();

        protected override void Settle() => sums = null;
    }

    private sealed class PlainCounted(Trial trial) : TextbookSteps(trial)
    {
        protected override double Count(List<double> norms) => PlainCount(norms);
    }

    private sealed class Unexamined(Trial trial) : TextbookSteps(trial)
    {
        protected override void Examine(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake)
        {
            // Trusts everybody.
        }
    }

    private sealed class OutermostExamined(Trial trial) : TextbookSteps(trial)
    {
        protected override void Examine(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake)
        {
            if (Trial.Network.Children.Any(child => child.Value is BatchNorm)) throw new InputException("batch normalisation");
        }
    }

    private sealed class ListExamined(Trial trial) : TextbookSteps(trial)
    {
        protected override void Examine(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake) => PrivateNetwork.Check(Trial.Network);
    }

    private sealed class Understated(Trial trial, PrivacyEvent told) : TextbookSteps(trial)
    {
        protected override PrivacyEvent ToldEvent => told;
    }

    private sealed class EveryOther(Trial trial) : TextbookSteps(trial)
    {
        private bool isPaid;

        protected override bool TryPay() => (isPaid = !isPaid) ? base.TryPay() : Reservation.Remaining(Trial.Label) + Prepaid > Plan.Steps / 2;
    }

    private sealed class PaidAfter(Trial trial) : TextbookSteps(trial)
    {
        protected override bool TryPay() => Reservation.Remaining(Trial.Label) > 0;

        protected override void Settle() => Reservation.Spend(Trial.Label);
    }

    private sealed class CountedEarly(Trial trial) : TextbookSteps(trial)
    {
        protected override bool TryPay()
        {
            if (Prepaid == 0)
            {
                Prepaid = Math.Min(10, Reservation.Remaining(Trial.Label));
                if (Prepaid == 0) return false;
                Reservation.Spend(Trial.Label, Prepaid);
            }
            Prepaid--;
            return true;
        }
    }

    private sealed class ResumedFree : TextbookSteps
    {
        public ResumedFree(Trial trial)
            : base(trial) => Prepaid = Reservation.IsResumed ? Plan.Steps - Reservation.Remaining(Trial.Label) : 0;
    }

    private sealed class Undisposed(Trial trial) : TextbookSteps(trial)
    {
        protected override void Release()
        {
            // Its source of noise was a shared one.
        }
    }
}
