namespace Understudy.Torch.Serialization;

/// <summary>A dictionary of a pickle, in order.</summary>
internal sealed class PickledDictionary
{
    internal List<(object? Key, object? Value)> Items { get; } = [];
}
