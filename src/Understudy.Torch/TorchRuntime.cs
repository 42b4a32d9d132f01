using System.Runtime.InteropServices;
using Understudy.Torch.Native;

namespace Understudy.Torch;

/// <summary>The state of libtorch that belongs to the process.</summary>
public static unsafe class TorchRuntime
{
    /// <summary>libtorch's version.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)NativeMethods.us_torch_version())!;

    /// <summary>Whether an NVIDIA accelerator can be used.</summary>
    public static bool IsCudaAvailable => NativeMethods.us_cuda_available() != 0;

    /// <summary>The first NVIDIA accelerator, if there is one; else the CPU.</summary>
    public static Device DefaultDevice => IsCudaAvailable ? Device.Cuda() : Device.Cpu;

    /// <summary>Threads of one operator; every core by default, or <c>OMP_NUM_THREADS</c>.</summary>
    public static int Threads
    {
        get => NativeMethods.us_threads_get();
        set => NativeMethods.Check(NativeMethods.us_threads_set(value));
    }

    /// <summary>Seeds the default generator of every device. Never the source of privacy noise.</summary>
    public static void ManualSeed(ulong seed) => NativeMethods.Check(NativeMethods.us_manual_seed(seed));
}
