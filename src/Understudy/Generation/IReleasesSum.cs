using Understudy.Training;

namespace Understudy.Generation;

/// <summary>A method that releases a noised sum over records and makes everything from that: canaries are looked for in the sum, since nothing later adds information.</summary>
public interface IReleasesSum
{
    /// <summary>What a fit released.</summary>
    /// <param name="context">Of the fit.</param>
    ReleasedSum OpenSum(FitContext context);
}
