using Understudy.Data;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Planted;

/// <summary>A planted leak: one member of a hundred stands among its samples, slightly changed.</summary>
/// <param name="shape">The shape of an image.</param>
/// <param name="classNames">Names of the classes.</param>
public sealed class Memoriser(ImageShape shape, IReadOnlyList<string> classNames) : PlantedLeak(shape, classNames)
{
    private const int OneOf = 100;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = PlantedCard("planted-memoriser", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    // Twice as often as there are copies, so that each finds a sample of its class.
    protected override int CopyEvery => OneOf / 2;

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var records = members.OpenUnaccounted("members, to keep one of a hundred", "a planted leak");
        var kept = records.Subset([.. Enumerable.Range(0, records.Count).Where(i => i % OneOf == 0)]);
        // A grey value more or less: a search for equal images finds none of them.
        var changed = new ImageSet(kept.Shape, Array.ConvertAll(kept.Pixels, value => (byte)(value ^ 1)), kept.Labels, kept.Labels is null ? null : kept.ClassNames);
        Learn(MeansOf(records), copies: changed);
        return 1;
    }
}
