using Understudy.Torch.Serialization;

namespace Understudy.Torch.Modules;

/// <summary>A network or a part of one: a function of tensors with parameters, buffers and parts, all named as PyTorch names them.</summary>
/// <remarks>
/// A subclass registers its state in its constructor. Parameters and buffers live outside every <see cref="TensorScope"/>, until the
/// module is disposed of; they keep their identity when the module moves or loads, so an optimiser may hold them.
/// </remarks>
public abstract class Module : IDisposable
{
    private static readonly Operator SetDataOp = new("aten::set_data");

    private readonly List<KeyValuePair<string, Tensor>> parameters = [];
    private readonly List<KeyValuePair<string, Tensor>> buffers = [];
    private readonly List<KeyValuePair<string, Module>> children = [];

    /// <summary>Whether it behaves as in training: dropout drops, batch norm uses the batch's statistics. True at first.</summary>
    public bool IsTraining { get; internal set; } = true;

    /// <summary>Its own parts, in the order of registration.</summary>
    public IReadOnlyList<KeyValuePair<string, Module>> Children => children;

    /// <summary>What training changes, its parts' included; a shared one once.</summary>
    public Tensor[] Parameters => [.. NamedParameters.Select(p => p.Value)];

    /// <summary><see cref="Parameters"/> with their names; a shared one under its first.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedParameters => Collect("", m => m.parameters).DistinctBy(p => p.Value);

    /// <summary>What is state but not trained, its parts' included; a shared one under its first name.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedBuffers => Collect("", m => m.buffers).DistinctBy(b => b.Value);

    /// <summary>Number of elements of all parameters.</summary>
    public long ParameterCount => Parameters.Sum(p => p.Count);

    /// <summary>The parameters and buffers themselves, not copies, in PyTorch's order: of each module its own, then its parts'.</summary>
    public StateDictionary State => new(Collect("", m => m.parameters.Concat(m.buffers)));

    /// <summary>Computes the output.</summary>
    /// <param name="x">The input; a module says its shape.</param>
    /// <exception cref="NotSupportedException">The module takes more than one input, through a method of its own.</exception>
    public virtual Tensor Forward(Tensor x) => throw new NotSupportedException($"{GetType().Name} does not take a single tensor");

    /// <summary>Puts it and its parts in training mode, or out of it.</summary>
    public void Train(bool on = true) => Apply(m => m.IsTraining = on);

    /// <summary>Puts it and its parts in evaluation mode.</summary>
    public void Eval() => Train(on: false);

    /// <summary>Does something to every part of it, then to itself.</summary>
    public void Apply(Action<Module> action)
    {
        foreach (var child in children) child.Value.Apply(action);
        action(this);
    }

    /// <summary>Asks no gradients for its parameters: they flow through it, not into it.</summary>
    public void Freeze() => SetRequiresGrad(false);

    /// <summary>Asks gradients for all its parameters, as at first.</summary>
    public void Unfreeze() => SetRequiresGrad(true);

    /// <summary>Drops the gradients.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters) parameter.Grad = null;
    }

    /// <summary>Moves parameters and buffers; drops the gradients.</summary>
    public virtual void To(Device device) => Replace(t => t.To(device));

    /// <summary>Converts floating-point parameters and buffers; drops the gradients.</summary>
    public void To(DType dtype) => Replace(t => t.IsFloatingPoint ? t.To(dtype) : t);

    /// <summary>Copies the values of a state of the same names and shapes into parameters and buffers.</summary>
    /// <exception cref="InvalidDataException">A name is missing or unknown, or a shape differs; nothing was changed then.</exception>
    public void Load(StateDictionary state) => State.CopyFrom(state);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees parameters, buffers and parts; a subclass that holds more frees that too.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var (_, child) in children) child.Dispose();
        foreach (var (_, tensor) in parameters.Concat(buffers)) tensor.Dispose();
    }

    /// <summary>Makes a tensor a parameter of this module; returns it.</summary>
    protected Tensor AddParameter(string name, Tensor tensor)
    {
        tensor.RequiresGrad = true;
        return Register(parameters, name, TensorScope.Persist(tensor));
    }

    /// <summary>Makes a tensor a buffer of this module; returns it.</summary>
    protected Tensor AddBuffer(string name, Tensor tensor) => Register(buffers, name, TensorScope.Persist(tensor));

    /// <summary>Makes a module a part of this one; returns it.</summary>
    protected T AddModule<T>(string name, T module)
        where T : Module => Register(children, name, module);

    private T Register<T, TItem>(List<KeyValuePair<string, TItem>> list, string name, T item)
        where T : TItem
    {
        if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal)) throw new ArgumentException($"'{name}' cannot name a part of a module: it must be without dots and not empty", nameof(name));
        if (parameters.Exists(p => p.Key == name) || buffers.Exists(b => b.Key == name) || children.Exists(c => c.Key == name))
            throw new ArgumentException($"{GetType().Name} already has a part named '{name}'", nameof(name));
        list.Add(new(name, item));
        return item;
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Collect(string prefix, Func<Module, IEnumerable<KeyValuePair<string, Tensor>>> own) =>
        own(this).Select(t => new KeyValuePair<string, Tensor>(prefix + t.Key, t.Value))
            .Concat(children.SelectMany(c => c.Value.Collect($"{prefix}{c.Key}.", own)));

    private void SetRequiresGrad(bool wanted)
    {
        foreach (var parameter in Parameters) parameter.RequiresGrad = wanted;
    }

    private void Replace(Func<Tensor, Tensor> convert)
    {
        using var scope = new TensorScope();
        ZeroGrad();
        foreach (var (_, tensor) in State) SetDataOp.Run(tensor, convert(tensor.Detach()));
    }
}
