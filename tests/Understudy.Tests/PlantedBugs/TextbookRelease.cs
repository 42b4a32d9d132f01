using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Privacy.Noise;

namespace Understudy.Tests.PlantedBugs;

/// <summary>The Gaussian mechanism by the book. It passes every check, so what a mutant of it fails is the one stage that the mutant changes.</summary>
internal class TextbookRelease(Releasing trial)
{
    protected Releasing Trial => trial;

    /// <summary>σ, by closed form.</summary>
    protected virtual double Sigma => Distance / Exact.Mu(trial.Epsilon.Value, 1e-5);

    protected virtual double Distance => trial.Relation == Privacy.NeighbouringRelation.ReplaceOne ? 2 : 1;

    protected virtual double Deviation => Sigma * trial.Bound;

    protected virtual PrivacyEvent Told => new GaussianEvent(Sigma);

    /// <summary>Releases the sum under a name.</summary>
    public void Release(string label)
    {
        using var ledger = trial.OpenLedger();
        var reservation = ledger.Reserve(trial.Account, label, [new LedgerPlan(label, Told, 1)]);
        if (!IsLeft(reservation, label)) throw new LedgerException("released before");
        trial.WhenRead?.Invoke();
        var sum = Sum();
        Finish(() => reservation.Spend(label), () =>
        {
            AddNoise(sum);
            trial.Released.Add(sum);
        });
    }

    protected virtual bool IsLeft(LedgerReservation reservation, string label) => reservation.Remaining(label) > 0;

    protected virtual double[] Sum()
    {
        var sum = new double[trial.Vectors[0].Length];
        foreach (var vector in trial.Vectors.Where(v => v.All(double.IsFinite)))
        {
            var factor = Factor(vector);
            for (var i = 0; i < sum.Length; i++) sum[i] += factor * vector[i];
        }
        return sum;
    }

    protected virtual double Factor(double[] vector) => Math.Min(1, trial.Bound / Norm(vector));

    protected virtual void Finish(Action pay, Action release)
    {
        pay();
        release();
    }

    protected virtual void AddNoise(double[] sum)
    {
        if (trial.Noise is { } given)
        {
            given.AddGaussian(sum, Deviation);
            return;
        }
        using var noise = new SystemNoiseSource();
        noise.AddGaussian(sum, Deviation);
    }

    protected static double Norm(double[] vector) => Math.Sqrt(vector.Sum(x => x * x));

    /// <summary>What the library does.</summary>
    public static void Library(Releasing trial, string label)
    {
        var mechanism = GaussianMechanism.Calibrate(trial.Relation, trial.Bound, trial.Epsilon, trial.Account.Delta);
        if (trial.Noise is { } noise) mechanism = new GaussianMechanism(trial.Relation, trial.Bound, mechanism.NoiseMultiplier, noise);
        trial.Released.Add(trial.DataFor(label).Release(label, mechanism, vectors =>
        {
            trial.WhenRead?.Invoke();
            var sum = new double[vectors[0].Length];
            foreach (var vector in vectors) mechanism.Accumulate(vector, sum);
            return sum;
        }));
    }
}
