namespace Understudy.Data;

/// <summary>
/// The four parts that an honest evaluation needs, disjoint by construction: by group where the data name one.
/// </summary>
/// <param name="Members">What a synthesizer trains on.</param>
/// <param name="NonMembers">Held out from training, same distribution: what a membership attack must tell from members.</param>
/// <param name="Reference">What an attacker is allowed to know: disjoint from members and non-members.</param>
/// <param name="Test">What downstream classifiers are tested on.</param>
public sealed record Splits(ImageSet Members, ImageSet NonMembers, ImageSet Reference, ImageSet Test);
