using Understudy.Data;

namespace Understudy.Studies;

/// <summary>One walk between two end points.</summary>
/// <param name="ClassName">Its class.</param>
/// <param name="Straight">[T] images along the straight line.</param>
/// <param name="Bent">[T] images along PLAN's path; the first and the last are those of <paramref name="Straight"/>.</param>
public sealed record WalkedPath(string ClassName, ImageSet Straight, ImageSet Bent);
