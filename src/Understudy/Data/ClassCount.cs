namespace Understudy.Data;

/// <summary>How many images a class has.</summary>
/// <param name="Name">The name of the class.</param>
/// <param name="Count">Its images.</param>
public sealed record ClassCount(string Name, int Count);
