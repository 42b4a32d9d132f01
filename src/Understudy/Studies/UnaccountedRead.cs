namespace Understudy.Studies;

/// <summary>A look at private data whose result can be seen in what is released, and which no guarantee covers.</summary>
/// <param name="By">Who looks: a method's id, or a stage.</param>
/// <param name="What">What is read.</param>
/// <param name="Shows">Where what is read can be seen.</param>
public sealed record UnaccountedRead(string By, string What, string Shows);
