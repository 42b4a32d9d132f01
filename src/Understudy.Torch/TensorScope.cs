namespace Understudy.Torch;

/// <summary>Frees the tensors made inside it when it is disposed of, but for those kept.</summary>
/// <remarks>
/// The garbage collector does not see native memory, so a training loop opens a scope for each step. Scopes nest lexically and follow
/// <c>await</c>. A tensor made outside any scope is freed by <see cref="IDisposable.Dispose"/> or, late, by its finaliser.
/// </remarks>
public sealed class TensorScope : IDisposable
{
    private static readonly AsyncLocal<TensorScope?> Ambient = new();

    private readonly TensorScope? outer = Ambient.Value;
    private readonly List<Tensor> tensors = [];
    private readonly Lock gate = new();
    private volatile bool isClosed;

    /// <summary>Opens a scope.</summary>
    public TensorScope() => Ambient.Value = this;

    /// <summary>Takes a tensor out of this scope and hands it to the scope around it, if there is one.</summary>
    public Tensor Keep(Tensor tensor)
    {
        if (Remove(tensor)) Open(outer)?.Add(tensor);
        return tensor;
    }

    /// <summary>Takes a tensor out of every scope: it lives until it is disposed of.</summary>
    public Tensor Detach(Tensor tensor)
    {
        for (var scope = this; scope is not null; scope = scope.outer) scope.Remove(tensor);
        return tensor;
    }

    /// <summary>Takes a tensor out of every scope that is open here: it lives until it is disposed of.</summary>
    public static Tensor Persist(Tensor tensor) => Ambient.Value?.Detach(tensor) ?? tensor;

    /// <summary>Frees what was made inside and not kept.</summary>
    public void Dispose()
    {
        if (Ambient.Value == this) Ambient.Value = outer;
        lock (gate)
        {
            isClosed = true;
            foreach (var tensor in tensors) tensor.Dispose();
            tensors.Clear();
        }
    }

    internal static void Register(Tensor tensor) => Open(Ambient.Value)?.Add(tensor);

    // Work that a scope's code started may go on after the scope; what it makes belongs to the scope around it.
    private static TensorScope? Open(TensorScope? scope)
    {
        while (scope is { isClosed: true }) scope = scope.outer;
        return scope;
    }

    private void Add(Tensor tensor)
    {
        lock (gate) tensors.Add(tensor);
    }

    // Tensors are usually taken out soon after they were made.
    private bool Remove(Tensor tensor)
    {
        lock (gate)
        {
            var index = tensors.LastIndexOf(tensor);
            if (index < 0) return false;
            tensors[index] = tensors[^1];
            tensors.RemoveAt(tensors.Count - 1);
            return true;
        }
    }
}
