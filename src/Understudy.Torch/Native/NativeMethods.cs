using System.Runtime.InteropServices;

namespace Understudy.Torch.Native;

/// <summary>The imports of <c>native/torch/understudy_torch.h</c>, which documents each.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "understudy_torch";
    private const int AbiVersion = 1;

    // Not in the static constructor, whose exceptions would come out wrapped.
    private static readonly Lazy<nint> Loaded = new(Load);

    static NativeMethods() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, static (name, _, _) => name == Library ? Loaded.Value : 0);

    /// <summary>Refuses a library built from other sources than this program's.</summary>
    /// <exception cref="DllNotFoundException">The versions differ; the message says what to do.</exception>
    internal static void CheckAbi(int built)
    {
        if (built != AbiVersion)
            throw new DllNotFoundException($"lib{Library}.so has ABI version {built}, this program wants {AbiVersion}; rebuild it: run ./understudy once");
    }

    /// <summary>Turns a status into an exception that carries libtorch's own words.</summary>
    internal static void Check(int status)
    {
        if (status != 0) throw new TorchException(Marshal.PtrToStringUTF8((nint)us_last_error()) ?? "unknown error");
    }

    private static nint Load()
    {
        NativeEnvironment.Prepare();
        var library = NativeLibraryPath.Load(Library, typeof(NativeMethods).Assembly);
        CheckAbi(((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "us_abi_version"))());
        _ = ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "us_threads_set"))(NativeEnvironment.DefaultThreads);
        return library;
    }

    [LibraryImport(Library)] internal static partial byte* us_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int us_op_find(string name, string overload, out nint op);
    [LibraryImport(Library)] internal static partial int us_op_call(nint op, NativeValue* arguments, int count, NativeValue* results, int capacity, int* resultCount);

    [LibraryImport(Library)] internal static partial void us_tensor_free(nint tensor);
    [LibraryImport(Library)] internal static partial int us_tensor_from_data(void* data, long bytes, long* shape, int dimensions, int dtype, out nint result);
    [LibraryImport(Library)] internal static partial int us_tensor_copy_to(nint tensor, void* data, long bytes);
    [LibraryImport(Library)] internal static partial int us_tensor_shape(nint tensor, long* shape, int capacity, out int dimensions);
    [LibraryImport(Library)] internal static partial int us_tensor_info(nint tensor, out long elements, out int dtype, out int deviceType, out int deviceIndex, out int flags);
    [LibraryImport(Library)] internal static partial long us_tensor_live_count();
    [LibraryImport(Library)] internal static partial byte* us_torch_version();
    [LibraryImport(Library)] internal static partial int us_cuda_available();

    [LibraryImport(Library)] internal static partial int us_requires_grad_set(nint tensor, int requiresGrad);
    [LibraryImport(Library)] internal static partial int us_grad_get(nint tensor, out nint grad);
    [LibraryImport(Library)] internal static partial int us_grad_set(nint tensor, nint grad);
    [LibraryImport(Library)] internal static partial int us_backward(nint* outputs, int count, nint* gradients, int retainGraph, int createGraph);
    [LibraryImport(Library)] internal static partial int us_grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial int us_grad_mode_get();
    [LibraryImport(Library)] internal static partial void us_grad_mode_set(int enabled);

    [LibraryImport(Library)] internal static partial int us_manual_seed(ulong seed);

    [LibraryImport(Library)] internal static partial int us_threads_set(int threads);
    [LibraryImport(Library)] internal static partial int us_threads_get();
    [LibraryImport(Library)] internal static partial int us_threads_run(int parts, delegate* unmanaged<nint, int, void> work, nint state);

    [LibraryImport(Library)]
    internal static partial int us_script_trace(delegate* unmanaged<nint, nint*, int, nint*, int> forward, nint state, nint* inputs, int inputCount, byte** names, nint* tensors, int* isBuffer, int count, byte* path);
    [LibraryImport(Library)] internal static partial int us_script_is_tracing();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int us_script_load(string path, out nint module);
    [LibraryImport(Library)] internal static partial int us_script_forward(nint module, nint* inputs, int count, out nint output);
    [LibraryImport(Library)] internal static partial int us_script_to(nint module, long device);
    [LibraryImport(Library)] internal static partial void us_script_free(nint module);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int us_group_create(string host, int port, int rank, int size, long timeoutMs, out nint group);
    [LibraryImport(Library)] internal static partial int us_group_all_reduce(nint group, nint tensor, int operation);
    [LibraryImport(Library)] internal static partial int us_group_broadcast(nint group, nint tensor, int root);
    [LibraryImport(Library)] internal static partial int us_group_all_gather(nint group, nint tensor, nint* results);
    [LibraryImport(Library)] internal static partial int us_group_barrier(nint group);
    [LibraryImport(Library)] internal static partial void us_group_free(nint group);
}
