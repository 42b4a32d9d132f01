namespace Understudy.Torch;

/// <content>Gradients.</content>
public sealed partial class Tensor
{
    private static readonly Operator DetachOp = new("aten::detach");

    /// <summary>Whether gradients are wanted for it; settable on leaves.</summary>
    public bool RequiresGrad
    {
        get => (Info.Flags & 1) != 0;
        set
        {
            Native.NativeMethods.Check(Native.NativeMethods.us_requires_grad_set(Handle, value ? 1 : 0));
            GC.KeepAlive(this);
        }
    }

    /// <summary>The gradient accumulated by <see cref="Backward"/>; null where there is none yet. Setting null clears it.</summary>
    public Tensor? Grad
    {
        get
        {
            Native.NativeMethods.Check(Native.NativeMethods.us_grad_get(Handle, out var grad));
            GC.KeepAlive(this);
            return Own(grad);
        }
        set
        {
            Native.NativeMethods.Check(Native.NativeMethods.us_grad_set(Handle, value?.Handle ?? 0));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }
    }

    /// <summary>Accumulates d(this)/d(leaf) in the <see cref="Grad"/> of every leaf; this is a scalar.</summary>
    public void Backward(bool retainGraph = false, bool createGraph = false) => Autograd.Backward([this], null, retainGraph, createGraph);

    /// <summary>The same memory without history.</summary>
    public Tensor Detach() => DetachOp.Call(this);
}
