using Understudy.Data.Splitting;

namespace Understudy.Data;

/// <summary>
/// The four parts that an honest evaluation needs, disjoint by construction: by group where the data name one.
/// </summary>
/// <param name="Members">What a synthesizer trains on.</param>
/// <param name="NonMembers">Held out from training, same distribution: what a membership attack must tell from members.</param>
/// <param name="Reference">What an attacker is allowed to know: disjoint from members and non-members.</param>
/// <param name="Test">What downstream classifiers are tested on.</param>
public sealed record Splits(ImageSet Members, ImageSet NonMembers, ImageSet Reference, ImageSet Test)
{
    /// <summary>Whether test images are all of classes that no member has, as characters of other alphabets are: what has learnt the members' classes cannot name them.</summary>
    public bool HasNovelTest => Members.Labels is { } learnt && Test.Labels is { } asked && !asked.Intersect(learnt).Any();

    /// <summary>Divides a data set.</summary>
    /// <remarks>
    /// Images of one group, and images with identical pixels, stay on one side: a copy among both members and non-members would make an attack
    /// look worse than it is. Images of the pool that share a group or their pixels with the official test part are therefore left out. Classes
    /// are spread evenly. Sizes are never exceeded; where groups cannot be cut to fit, they are met as nearly as whole groups allow.
    /// </remarks>
    /// <param name="data">The data set.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="seed">Same data, options and seed: same division.</param>
    /// <exception cref="InputException">A size is no size, the data do not suffice, or there is no official test part.</exception>
    public static Splits Create(ImageData data, SplitOptions options, ulong seed)
    {
        if (options.Test is null && data.Test is null)
            throw new InputException("the data have no official test part; set the size of the test part, such as 0.2");
        var official = options.Test is null ? data.Test : null;
        var all = ImageSet.Concat([.. data.Parts.Select(part => part.Set)]);
        var testStart = official is null ? all.Count : all.Count - official.Count; // the test part comes last
        var order = new SplitOrder(all, testStart, seed);

        var test = official is null ? order.Take("test", SplitOrder.Amount("test", options.Test!.Value, order.Remaining)) : null;
        var pool = order.Remaining;
        var (members, nonMembers, reference) = (
            SplitOrder.Amount("members", options.Members, pool),
            SplitOrder.Amount("non-members", options.NonMembers, pool),
            SplitOrder.Amount("reference", options.Reference, pool));
        var needed = (long)members + nonMembers + reference;
        if (needed > pool)
        {
            throw new InputException(
                $"members ({members}), non-members ({nonMembers}) and reference ({reference}) need {needed} images, the pool has {pool}; ask for fewer");
        }
        return new Splits(
            all.Subset(order.Take("members", members)),
            all.Subset(order.Take("non-members", nonMembers)),
            all.Subset(order.Take("reference", reference)),
            official ?? all.Subset(test));
    }
}
