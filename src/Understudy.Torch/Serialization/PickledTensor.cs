namespace Understudy.Torch.Serialization;

/// <summary>A tensor named in a pickle: a strided view of a storage.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Size, long[] Stride);
