using Understudy.Torch.Native;
using Understudy.Torch.Tracking;

namespace Understudy.Torch;

/// <summary>Reverse-mode differentiation.</summary>
public static unsafe class Autograd
{
    /// <summary>Whether this thread records operators for differentiation.</summary>
    public static bool IsEnabled => NativeMethods.us_grad_mode_get() != 0;

    /// <summary>Stops recording on this thread until the result is disposed of; do not <c>await</c> inside.</summary>
    public static GradModeGuard NoGrad() => new(enabled: false);

    /// <summary>Records on this thread, inside a <see cref="NoGrad"/>, until the result is disposed of.</summary>
    public static GradModeGuard EnableGrad() => new(enabled: true);

    /// <summary>Gradients of the sum of <paramref name="outputs"/> with respect to <paramref name="inputs"/>, without touching <see cref="Tensor.Grad"/>.</summary>
    /// <param name="outputs">What to differentiate.</param>
    /// <param name="inputs">With respect to what.</param>
    /// <param name="gradOutputs">The vector of the vector-Jacobian product, shaped as the outputs; ones if null.</param>
    /// <param name="retainGraph">Keep the history for another pass.</param>
    /// <param name="createGraph">Record this pass too, so that the gradients can be differentiated.</param>
    /// <param name="allowUnused">An input that the outputs do not depend on gets null instead of an error.</param>
    public static Tensor?[] Grad(Tensor[] outputs, Tensor[] inputs, Tensor[]? gradOutputs = null, bool retainGraph = false, bool createGraph = false, bool allowUnused = false)
    {
        ParameterTracker.Current?.Differentiating();
        var results = new nint[inputs.Length];
        fixed (nint* o = Handles(outputs), i = Handles(inputs), g = gradOutputs is null ? null : Handles(gradOutputs), r = results)
        {
            NativeMethods.Check(NativeMethods.us_grad(o, outputs.Length, i, inputs.Length, g, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0, r));
        }
        KeepAlive(outputs, inputs, gradOutputs);
        return Array.ConvertAll<nint, Tensor?>(results, Tensor.Own);
    }

    /// <summary>Accumulates the gradients of several outputs in <see cref="Tensor.Grad"/> of the leaves.</summary>
    public static void Backward(Tensor[] outputs, Tensor[]? gradOutputs = null, bool retainGraph = false, bool createGraph = false)
    {
        ParameterTracker.Current?.Differentiating();
        fixed (nint* o = Handles(outputs), g = gradOutputs is null ? null : Handles(gradOutputs))
        {
            NativeMethods.Check(NativeMethods.us_backward(o, outputs.Length, g, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0));
        }
        KeepAlive(outputs, gradOutputs);
    }

    internal static nint[] Handles(Tensor[] tensors) => Array.ConvertAll(tensors, t => t.Handle);

    private static void KeepAlive(params Tensor[]?[] lists)
    {
        foreach (var list in lists) GC.KeepAlive(list);
    }
}
