namespace Understudy.Torch.Serialization;

/// <summary>A class or function named in a pickle.</summary>
internal sealed record PickledGlobal(string Name);
