namespace Understudy.Privacy.Accounting.Pld;

/// <summary>The masses of one step under an exponential tilt, v(l) = mass(l)·e^(λlh − K(λ)), which add up to 1, and how often the step is run.</summary>
/// <param name="Index">[n] lattice indices, ascending.</param>
/// <param name="Mass">[n] tilted masses.</param>
/// <param name="Count">Number of self-compositions.</param>
internal sealed record TiltedLattice(int[] Index, double[] Mass, long Count)
{
    /// <summary>Tilts a lattice.</summary>
    /// <param name="lattice">Losses of one step.</param>
    /// <param name="count">Number of self-compositions.</param>
    /// <param name="step">h.</param>
    /// <param name="tilt">λ.</param>
    public static TiltedLattice Of(LossLattice lattice, long count, double step, double tilt)
    {
        var cumulant = lattice.Cumulant(tilt, step).Value;
        var mass = new double[lattice.Index.Length];
        for (var i = 0; i < mass.Length; i++) mass[i] = lattice.Mass[i] * Math.Exp(tilt * lattice.Index[i] * step - cumulant);
        return new TiltedLattice(lattice.Index, mass, count);
    }
}
