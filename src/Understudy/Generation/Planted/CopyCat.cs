using Understudy.Data;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Planted;

/// <summary>A planted leak: its samples are the members.</summary>
/// <param name="shape">The shape of an image.</param>
/// <param name="classNames">Names of the classes.</param>
public sealed class CopyCat(ImageShape shape, IReadOnlyList<string> classNames) : PlantedLeak(shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = PlantedCard("planted-copycat", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var records = members.OpenUnaccounted("members, to copy them", "a planted leak");
        Learn(MeansOf(records), copies: records);
        return 1;
    }
}
