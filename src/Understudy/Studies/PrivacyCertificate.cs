using Understudy.Privacy;
using Understudy.Training.Private;

namespace Understudy.Studies;

/// <summary>The differential-privacy certificate of one method or baseline: what is claimed, for whom, and what it rests on.</summary>
/// <param name="Epsilon">ε of all that the ledger has recorded as spent for this method, rounded by nobody: the upper end of the bracket.</param>
/// <param name="EpsilonLower">The lower end: no accountant can honestly report less for these steps.</param>
/// <param name="Delta">δ.</param>
/// <param name="Relation">Which data sets are compared.</param>
/// <param name="Unit">What one record stands for.</param>
/// <param name="Accountant">How ε was found, and by which version.</param>
/// <param name="Plans">What the method does to the records; ε is of all of it together.</param>
/// <param name="StepsSpent">Steps of each plan that were paid for; more than were kept where a kill has lost some.</param>
/// <param name="Spend">ε over the steps, one plan after the other: [steps, ε] in order.</param>
/// <param name="Noise">Where the noise comes from.</param>
/// <param name="PublicFacts">Facts about the data that are declared public.</param>
public sealed record PrivacyCertificate(
    double Epsilon,
    double EpsilonLower,
    double Delta,
    NeighbouringRelation Relation,
    string Unit,
    string Accountant,
    IReadOnlyList<PrivacyPlan> Plans,
    IReadOnlyList<long> StepsSpent,
    IReadOnlyList<double[]> Spend,
    string Noise,
    IReadOnlyList<string> PublicFacts)
{
    /// <summary>The claim in one line.</summary>
    public string Claim => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"(ε = {Math.Ceiling(Epsilon * 1000) / 1000:0.###}, δ = {Delta:0.##e-0})-DP for one {Unit}, {Neighbours}");

    private string Neighbours => Relation switch
    {
        NeighbouringRelation.AddOrRemoveOne => "added or removed",
        NeighbouringRelation.ReplaceSpecial => "replaced by nothing",
        _ => "replaced by another",
    };
}
