namespace Understudy.Data;

/// <summary>What two parts of a data set have in common, and should not.</summary>
/// <param name="First">The one part.</param>
/// <param name="Second">The other.</param>
/// <param name="Images">Images of the second whose pixels an image of the first has.</param>
/// <param name="Groups">Groups that occur in both, or null where there are none.</param>
public sealed record SharedImages(string First, string Second, int Images, int? Groups);
