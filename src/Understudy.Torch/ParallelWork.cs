using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Understudy.Torch.Native;

namespace Understudy.Torch;

/// <summary>Work that is spread over libtorch's threads as a whole.</summary>
/// <remarks>
/// An operator takes several threads only where it is large. Products of many small matrices, for one, run one after the other; in parts,
/// side by side, they take all cores.
/// </remarks>
public static unsafe class ParallelWork
{
    /// <summary>Does each part on one of the threads, where its operators take that thread alone and record no gradients.</summary>
    /// <param name="parts">How many, at least 0.</param>
    /// <param name="work">
    /// Given 0 … parts - 1. A tensor that it makes belongs to the scopes that it opens itself, and a tensor that is to outlive them must be taken
    /// out by <see cref="TensorScope.Persist"/>.
    /// </param>
    /// <exception cref="Exception">What a part threw; the others have run.</exception>
    public static void Run(int parts, Action<int> work)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        var job = new Job(work);
        var handle = GCHandle.Alloc(job);
        try
        {
            NativeMethods.Check(NativeMethods.us_threads_run(parts, &Callback, GCHandle.ToIntPtr(handle)));
        }
        finally
        {
            handle.Free();
        }
        job.Failure?.Throw();
    }

    // A C++ frame lies between this and Run, so an exception waits in the job.
    [UnmanagedCallersOnly]
    private static void Callback(nint state, int part)
    {
        var job = (Job)GCHandle.FromIntPtr(state).Target!;
        try
        {
            using var noGrad = Autograd.NoGrad();
            job.Work(part);
        }
        catch (Exception e)
        {
            job.Failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    private sealed class Job(Action<int> work)
    {
        public Action<int> Work => work;

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
