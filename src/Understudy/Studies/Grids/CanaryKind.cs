namespace Understudy.Studies.Grids;

/// <summary>Canaries that audit a training by DP-SGD.</summary>
public enum CanaryKind
{
    /// <summary>Non-members with another class than their own, told by the trained classifier's answers: what the receiver of a classifier could do.</summary>
    Mislabelled,

    /// <summary>Gradients of one coordinate each, told by the noised sums of all steps: what nobody outside could do, and the nearest that one run comes to the claim.</summary>
    Gradient,
}
