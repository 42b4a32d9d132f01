namespace Understudy.Generation.Planted;

/// <summary>A planted leak has nothing to choose.</summary>
public sealed record PlantedOptions;
