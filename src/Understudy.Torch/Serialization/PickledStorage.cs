namespace Understudy.Torch.Serialization;

/// <summary>A storage named in a pickle: its elements lie in the entry <c>data/KEY</c>.</summary>
internal sealed record PickledStorage(StorageType Type, string Key, long Count);
