namespace Understudy.Studies.Grids;

/// <summary>One training of a method.</summary>
/// <param name="Id">Its folder, and its name in the ledger.</param>
/// <param name="Method">The method under that id, its budget filled in.</param>
/// <param name="Base">What the study calls the method.</param>
/// <param name="Budget">ε; null without a guarantee.</param>
/// <param name="Seed">Of training.</param>
internal sealed record GridGenerator(string Id, MethodSection Method, string Base, double? Budget, ulong Seed);
