namespace Understudy.Studies;

/// <summary>Size and kind of the data.</summary>
/// <param name="Shape">Shape of an image, C×H×W.</param>
/// <param name="Classes">Names of the classes; empty without labels.</param>
/// <param name="Members">Records that the synthesizers train on.</param>
/// <param name="NonMembers">Records held out for the attacks.</param>
/// <param name="Reference">Records that an attacker knows.</param>
/// <param name="Test">Records that classifiers are tested on.</param>
public sealed record DataSummary(string Shape, IReadOnlyList<string> Classes, int Members, int NonMembers, int Reference, int Test);
