using System.Globalization;
using System.Runtime.InteropServices;
using Understudy.Torch.Native;

namespace Understudy.Torch.Distributed;

/// <summary>Processes that compute together: libtorch's <c>c10d</c> over Gloo, on tensors of the CPU.</summary>
/// <remarks>
/// Each process makes the same calls in the same order. A call blocks until all have made it; where one does not come, the others fail after the
/// timeout. Connections are neither encrypted nor authenticated, and whoever reaches the port can join: for a network that one trusts.
/// </remarks>
public sealed unsafe class ProcessGroup : IDisposable
{
    /// <summary>The timeout where none is given: 30 minutes, as in PyTorch.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    private readonly GroupHandle handle;

    private ProcessGroup(GroupHandle handle, int rank, int size)
    {
        this.handle = handle;
        Rank = rank;
        Size = size;
    }

    /// <summary>This process, 0 … <see cref="Size"/> - 1.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public int Size { get; }

    /// <summary>Waits until all processes have come.</summary>
    /// <param name="host">Name or address of the machine of rank 0.</param>
    /// <param name="port">1 … 65535, free on that machine: rank 0 listens there.</param>
    /// <param name="rank">This process, 0 … <paramref name="size"/> - 1, each once.</param>
    /// <param name="size">How many processes there are, at least 1.</param>
    /// <param name="timeout">For this and for each later call, at least a second; <see cref="DefaultTimeout"/> by default.</param>
    /// <exception cref="TorchException">Some did not come in time, the port is taken, or the native library was built without Gloo.</exception>
    public static ProcessGroup Join(string host, int port, int rank, int size, TimeSpan? timeout = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, size);
        var wait = timeout ?? DefaultTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.FromSeconds(1), nameof(timeout));
        NativeMethods.Check(NativeMethods.us_group_create(host, port, rank, size, (long)wait.TotalMilliseconds, out var group));
        return new(new GroupHandle(group), rank, size);
    }

    /// <summary>Joins the group that <c>torchrun</c> describes by the variables MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE.</summary>
    /// <exception cref="InvalidOperationException">One of them is missing or no number; the message names it.</exception>
    /// <inheritdoc cref="Join"/>
    public static ProcessGroup JoinFromEnvironment(TimeSpan? timeout = null) =>
        Join(Variable("MASTER_ADDR"), Number("MASTER_PORT"), Number("RANK"), Number("WORLD_SIZE"), timeout);

    /// <summary>Puts into each process's tensor what all of them hold together.</summary>
    /// <param name="tensor">Contiguous, on the CPU, of one shape and type in all processes; changed in place.</param>
    /// <param name="operation">What is made of the elements.</param>
    /// <exception cref="TorchException">A process did not come in time, or the tensor cannot be sent.</exception>
    public void AllReduce(Tensor tensor, ReduceOperation operation = ReduceOperation.Sum)
    {
        NativeMethods.Check(NativeMethods.us_group_all_reduce(handle.Value, tensor.Handle, (int)operation));
        GC.KeepAlive(tensor);
    }

    /// <summary>Puts the elements that one process holds into each other's tensor.</summary>
    /// <param name="tensor">Contiguous, on the CPU, of one shape and type in all processes; changed in place.</param>
    /// <param name="root">The rank whose elements they are.</param>
    /// <exception cref="TorchException">A process did not come in time, or the tensor cannot be sent.</exception>
    public void Broadcast(Tensor tensor, int root = 0)
    {
        NativeMethods.Check(NativeMethods.us_group_broadcast(handle.Value, tensor.Handle, root));
        GC.KeepAlive(tensor);
    }

    /// <summary>Each process's tensor, in the order of ranks.</summary>
    /// <param name="tensor">Contiguous, on the CPU, of one shape and type in all processes.</param>
    /// <exception cref="TorchException">A process did not come in time, or the tensor cannot be sent.</exception>
    public Tensor[] AllGather(Tensor tensor)
    {
        var results = new nint[Size];
        fixed (nint* r = results) NativeMethods.Check(NativeMethods.us_group_all_gather(handle.Value, tensor.Handle, r));
        GC.KeepAlive(tensor);
        return Array.ConvertAll(results, result => Tensor.Own(result)!);
    }

    /// <summary>Waits until all processes have come to this call.</summary>
    /// <exception cref="TorchException">A process did not come in time.</exception>
    public void Barrier() => NativeMethods.Check(NativeMethods.us_group_barrier(handle.Value));

    /// <summary>Leaves the group.</summary>
    public void Dispose() => handle.Dispose();

    private static int Number(string name) => int.TryParse(Variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidOperationException($"the environment variable {name} is '{Variable(name)}'; it should be a whole number");

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"the environment variable {name} is not set; torchrun sets it, or join the group by host, port, rank and size");

    private sealed class GroupHandle : SafeHandle
    {
        internal GroupHandle(nint group)
            : base(0, ownsHandle: true) => SetHandle(group);

        public override bool IsInvalid => handle == 0;

        internal nint Value
        {
            get
            {
                ObjectDisposedException.ThrowIf(IsClosed, typeof(ProcessGroup));
                return handle;
            }
        }

        protected override bool ReleaseHandle()
        {
            NativeMethods.us_group_free(handle);
            return true;
        }
    }
}
