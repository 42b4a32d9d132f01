using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using Understudy.Torch.Modules;
using Understudy.Torch.Native;

namespace Understudy.Torch.Script;

/// <summary>Saves modules as TorchScript, which <c>torch.jit.load</c> opens in Python and <see cref="ScriptModule"/> here.</summary>
/// <remarks>A trace records the operators of one forward pass in evaluation mode; what C# decides by looking at elements is fixed in it.</remarks>
public static unsafe class ScriptExport
{
    private static readonly Operator AliasOp = new("aten::alias");

    /// <summary>Saves a module of one input.</summary>
    /// <inheritdoc cref="Save(Module, Func{Tensor[], Tensor}, Tensor[], string)"/>
    public static void Save(Module module, Tensor example, string path) => Save(module, inputs => module.Forward(inputs[0]), [example], path);

    /// <summary>Saves a module of any number of inputs, with its parameters and buffers under their names.</summary>
    /// <param name="module">Whose state is saved. Its mode is as before afterwards.</param>
    /// <param name="forward">Its forward pass.</param>
    /// <param name="examples">Inputs to trace the pass with; their first dimension is the batch, of any length afterwards.</param>
    /// <param name="path">Where to; the file is there whole or not at all.</param>
    /// <exception cref="InvalidOperationException">The pass works for the batch size of the examples only.</exception>
    public static void Save(Module module, Func<Tensor[], Tensor> forward, Tensor[] examples, string path)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var unfinished = path + ".tmp";
        var modes = new List<(Module Module, bool IsTraining)>();
        module.Apply(m => modes.Add((m, m.IsTraining)));
        module.Eval();
        try
        {
            Trace(module, forward, examples, unfinished);
            CheckOtherBatchSize(module, examples, unfinished);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            foreach (var (part, isTraining) in modes) part.IsTraining = isTraining;
            File.Delete(unfinished);
        }
    }

    private static void Trace(Module module, Func<Tensor[], Tensor> forward, Tensor[] examples, string path)
    {
        var state = module.State;
        var buffers = module.NamedBuffers.Select(b => b.Value).ToHashSet();
        var isBuffer = state.Select(t => buffers.Contains(t.Value) ? 1 : 0).ToArray();
        var pass = new Pass(forward);
        var handle = GCHandle.Alloc(pass);
        var names = state.Names.Select(n => (nint)Marshal.StringToCoTaskMemUTF8(n)).ToArray();
        try
        {
            fixed (nint* inputs = Autograd.Handles(examples), tensors = Autograd.Handles([.. state.Select(t => t.Value)]), namePointers = names)
            fixed (int* buffer = isBuffer)
            fixed (byte* file = Encoding.UTF8.GetBytes(path + '\0'))
            {
                var status = NativeMethods.us_script_trace(&Callback, GCHandle.ToIntPtr(handle), inputs, examples.Length, (byte**)namePointers, tensors, buffer, state.Count, file);
                pass.Failure?.Throw();
                NativeMethods.Check(status);
            }
        }
        finally
        {
            foreach (var name in names) Marshal.FreeCoTaskMem(name);
            handle.Free();
            GC.KeepAlive(examples);
            GC.KeepAlive(module);
        }
    }

    // A C++ frame lies between this and Trace, so an exception waits in the pass.
    [UnmanagedCallersOnly]
    private static int Callback(nint state, nint* inputs, int count, nint* output)
    {
        var pass = (Pass)GCHandle.FromIntPtr(state).Target!;
        var borrowed = new Tensor[count];
        try
        {
            for (var i = 0; i < count; i++) borrowed[i] = Tensor.Own(inputs[i]);
            // The pass may return a tensor that has other owners; the alias has none.
            *output = AliasOp.Call(pass.Forward(borrowed)).Release();
            return 0;
        }
        catch (Exception e)
        {
            pass.Failure = ExceptionDispatchInfo.Capture(e);
            return 1;
        }
        finally
        {
            foreach (var tensor in borrowed) tensor?.Release();
        }
    }

    private static void CheckOtherBatchSize(Module module, Tensor[] examples, string path)
    {
        using var traced = ScriptModule.Load(path);
        var expected = traced.Forward(examples).Shape;
        expected[0] *= 2;
        string found;
        try
        {
            var shape = traced.Forward(Array.ConvertAll(examples, e => Tensor.Cat([e, e]))).Shape;
            if (shape.SequenceEqual(expected)) return;
            found = $"twice the batch gives [{string.Join(", ", shape)}], not [{string.Join(", ", expected)}]";
        }
        catch (TorchException e)
        {
            found = e.Message;
        }
        throw new InvalidOperationException($"the trace of {module.GetType().Name} works for a batch of {examples[0].Size(0)} only; let no shape in its forward pass name the batch size. {found}");
    }

    private sealed class Pass(Func<Tensor[], Tensor> forward)
    {
        internal Func<Tensor[], Tensor> Forward => forward;

        internal ExceptionDispatchInfo? Failure { get; set; }
    }
}
