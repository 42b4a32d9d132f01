namespace Understudy.Torch.Modules;

/// <summary>Modules one after the other, named 0, 1, …</summary>
public sealed class Sequential : Module
{
    /// <summary>Chains modules, which it then owns.</summary>
    public Sequential(params ReadOnlySpan<Module> modules)
    {
        for (var i = 0; i < modules.Length; i++) AddModule($"{i}", modules[i]);
    }

    /// <summary>One of the modules.</summary>
    public Module this[int index] => Children[index].Value;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (var (_, module) in Children) x = module.Forward(x);
        return x;
    }
}
