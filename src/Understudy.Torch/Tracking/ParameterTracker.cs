namespace Understudy.Torch.Tracking;

/// <summary>Sees how parameters enter a computation: the layers of <see cref="Functional"/> ask the tracker of their thread before they compute.</summary>
/// <remarks>Without a tracker a layer pays one look at a thread-static field.</remarks>
public abstract class ParameterTracker
{
    [ThreadStatic]
    private static ParameterTracker? current;

    /// <summary>The tracker at work on this thread; null if there is none.</summary>
    internal static ParameterTracker? Current => current;

    /// <summary>Does work on this thread under this tracker.</summary>
    /// <exception cref="InvalidOperationException">Another tracker is at work on the thread.</exception>
    public T Track<T>(Func<T> work)
    {
        if (current is not null) throw new InvalidOperationException("a tracked computation cannot start another one");
        current = this;
        try
        {
            return work();
        }
        finally
        {
            current = null;
        }
    }

    /// <summary>Computes a layer's output in its place; null to let it compute as usual.</summary>
    /// <param name="layer">What it computes.</param>
    /// <param name="x">Its input.</param>
    /// <param name="weight">Its weight, if it has one.</param>
    /// <param name="bias">Its bias, if it has one.</param>
    protected internal abstract Tensor? Apply(ParametricLayer layer, Tensor x, Tensor? weight, Tensor? bias);

    /// <summary>Told of rows of a parameter that will serve as a weight or bias (<see cref="Functional.Rows"/>).</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="start">The first row.</param>
    /// <param name="rows">The rows.</param>
    protected internal abstract void TookRows(Tensor parameter, long start, Tensor rows);

    /// <summary>Told of a weight that was normalised (<see cref="Functional.SpectralNormalize"/>).</summary>
    /// <param name="parameter">The weight before.</param>
    /// <param name="normalization">How.</param>
    /// <param name="normalized">The weight after.</param>
    protected internal abstract void Normalized(Tensor parameter, SpectralNormalization normalization, Tensor normalized);

    /// <summary>Told before the tracked work itself differentiates something.</summary>
    protected internal abstract void Differentiating();
}
