namespace Understudy.Studies;

/// <summary>One synthesizer of a study.</summary>
/// <param name="Id">What the study calls it: unique, and a folder name.</param>
/// <param name="Name">Which method.</param>
/// <param name="Options">A record of the method's own type.</param>
public sealed record MethodSection(string Id, string Name, object Options);
