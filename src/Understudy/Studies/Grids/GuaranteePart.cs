namespace Understudy.Studies.Grids;

/// <summary>One thing that went into a release and was paid for.</summary>
/// <param name="Name">The training, data set or choice.</param>
/// <param name="What">What the ledger calls it.</param>
/// <param name="Epsilon">ε of it alone.</param>
public sealed record GuaranteePart(string Name, string What, double Epsilon);
