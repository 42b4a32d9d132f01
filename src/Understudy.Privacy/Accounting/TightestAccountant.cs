using Understudy.Privacy.Accounting.Pld;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Accounting;

/// <summary>
/// The accountant to ask by default: the privacy-loss accountant's bracket with the Rényi accountant's answer as a second upper end, or
/// either alone where the other does not know an event. Both are guarantees, so the smaller one is.
/// </summary>
public sealed class TightestAccountant : PrivacyAccountant
{
    private readonly PldAccountant pld;
    private readonly RdpAccountant rdp;

    /// <summary>Fixes the neighbouring relation and, if wished, the fineness.</summary>
    public TightestAccountant(NeighbouringRelation relation, PldOptions? options = null) : base(relation)
    {
        pld = new PldAccountant(relation, options);
        rdp = new RdpAccountant(relation);
    }

    /// <inheritdoc/>
    public override void Check(PrivacyEvent privacyEvent)
    {
        if (!rdp.Supports(privacyEvent)) pld.Check(privacyEvent);
    }

    /// <inheritdoc/>
    public override EpsilonBracket EpsilonAt(PrivacyEvent privacyEvent, Delta delta)
    {
        Check(privacyEvent);
        if (!pld.Supports(privacyEvent)) return rdp.EpsilonAt(privacyEvent, delta);
        EpsilonBracket bracket;
        try
        {
            bracket = pld.EpsilonAt(privacyEvent, delta);
        }
        catch (LatticeTooFineException) when (rdp.Supports(privacyEvent))
        {
            return rdp.EpsilonAt(privacyEvent, delta);
        }
        if (bracket.Lower == bracket.Upper || !rdp.Supports(privacyEvent)) return bracket;
        var other = rdp.EpsilonAt(privacyEvent, delta);
        return other.Upper.Value < bracket.Upper.Value ? new EpsilonBracket(bracket.Lower, other.Upper, other.Method) : bracket;
    }

    /// <inheritdoc/>
    public override DeltaBracket DeltaAt(PrivacyEvent privacyEvent, Epsilon epsilon)
    {
        Check(privacyEvent);
        if (!pld.Supports(privacyEvent)) return rdp.DeltaAt(privacyEvent, epsilon);
        DeltaBracket bracket;
        try
        {
            bracket = pld.DeltaAt(privacyEvent, epsilon);
        }
        catch (LatticeTooFineException) when (rdp.Supports(privacyEvent))
        {
            return rdp.DeltaAt(privacyEvent, epsilon);
        }
        if (bracket.Lower == bracket.Upper || !rdp.Supports(privacyEvent)) return bracket;
        var other = rdp.DeltaAt(privacyEvent, epsilon);
        return other.Upper.Value < bracket.Upper.Value ? new DeltaBracket(bracket.Lower, other.Upper, other.Method) : bracket;
    }
}
