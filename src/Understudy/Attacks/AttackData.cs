using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>What an attack is tried on.</summary>
/// <param name="Released">The synthetic images, exactly as released.</param>
/// <param name="Members">Records that the generator was trained on.</param>
/// <param name="NonMembers">Records of the same distribution that it has not seen.</param>
/// <param name="Reference">Further records of that distribution, which the adversary knows; null where there are none.</param>
public sealed record AttackData(ImageSet Released, ImageSet Members, ImageSet NonMembers, ImageSet? Reference = null);
