using System.Runtime.InteropServices;
using Understudy.Torch.Modules;
using Understudy.Torch.Native;

namespace Understudy.Torch.Script;

/// <summary>A TorchScript module, written by <see cref="ScriptExport"/> or by Python, in evaluation mode; gradients flow through it to its inputs, not into it.</summary>
public sealed unsafe class ScriptModule : Module
{
    private readonly ModuleHandle handle;

    private ScriptModule(ModuleHandle handle) => this.handle = handle;

    /// <summary>Reads a file. TorchScript is a program: load it from those you trust.</summary>
    /// <exception cref="TorchException">It is no TorchScript file.</exception>
    public static ScriptModule Load(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no file '{path}'", path);
        NativeMethods.Check(NativeMethods.us_script_load(path, out var module));
        return new(new ModuleHandle(module));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward([x]);

    /// <summary>Computes the output of several inputs.</summary>
    public Tensor Forward(params Tensor[] inputs)
    {
        nint output;
        fixed (nint* handles = Autograd.Handles(inputs)) NativeMethods.Check(NativeMethods.us_script_forward(handle.Value, handles, inputs.Length, out output));
        GC.KeepAlive(inputs);
        GC.KeepAlive(this);
        return Tensor.Own(output);
    }

    /// <inheritdoc/>
    public override void To(Device device) => NativeMethods.Check(NativeMethods.us_script_to(handle.Value, device.Packed));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) handle.Dispose();
        base.Dispose(disposing);
    }

    private sealed class ModuleHandle : SafeHandle
    {
        internal ModuleHandle(nint module)
            : base(0, ownsHandle: true) => SetHandle(module);

        public override bool IsInvalid => handle == 0;

        internal nint Value
        {
            get
            {
                ObjectDisposedException.ThrowIf(IsClosed, typeof(ScriptModule));
                return handle;
            }
        }

        protected override bool ReleaseHandle()
        {
            NativeMethods.us_script_free(handle);
            return true;
        }
    }
}
