using Understudy.Attacks;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks;

public sealed class AttributeInferenceTests
{
    private const int Count = 500;

    /// <summary>Secrets are coin flips that nothing else tells: a copier gives away all of them, an independent generator none.</summary>
    [Fact]
    public void CopierGivesAwayWhatNothingElseTells()
    {
        var (members, nonMembers, fresh) = (Records(1), Records(2), Records(3));
        var copied = Attack(members, members, nonMembers);
        Assert.Equal(1, copied.Members.Value);
        Assert.Equal(1, copied.Risk.Value);
        Assert.InRange(copied.Excess.Value, 0.4, 0.6);
        Assert.Null(copied.Note);

        // 500 coin flips: an excess beyond 0.13 has probability 4e-5.
        var independent = Attack(fresh, members, nonMembers);
        Assert.InRange(independent.Excess.Value, -0.13, 0.13);

    }

    /// <summary>Where the secret follows from what is known, members and non-members are guessed alike: that is no leak.</summary>
    [Fact]
    public void WhatThePopulationTellsIsNoLeak()
    {
        var (members, nonMembers, fresh) = (Telling(1), Telling(2), Telling(3));
        var result = Attack(fresh, members, nonMembers);
        Assert.True(result.Members.Value > 0.85 && result.NonMembers.Value > 0.85);
        Assert.InRange(result.Excess.Value, -0.1, 0.1); // 4 standard errors
    }

    /// <summary>Giomi et al.'s own implementation: an attack right in 90 % and a control in 80 % leave a risk of ½.</summary>
    [Fact]
    public void RiskIsTheShareOfWhatWasLeft()
    {
        Assert.Equal(0.5, AttributeInference.Risk(0.9, 0.8), 1e-12);
        Assert.Equal(0, AttributeInference.Risk(0.7, 0.8));
        Assert.Equal(0, AttributeInference.Risk(1, 1));
    }

    [Fact]
    public void FailedAttackIsCalledThat()
    {
        var result = AttributeInference.Measure(new([1, 1, 0, 0], [0, 0, 0, 0]), new([0], [0]), [0, 0, 1]);
        Assert.Equal((0.5, 1.0, 0.0), (result.Members.Value, result.Baseline.Value, result.Risk.Value));
        Assert.Contains("says nothing", result.Note, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => AttributeInference.Measure(new([1], [0, 0]), new([0], [0]), [0]));
        Assert.Throws<InputException>(() => AttributeInference.Measure(new([1], [0]), new([], []), [0]));
    }

    private static AttributeInferenceResult Attack(People released, People members, People nonMembers)
    {
        return AttributeInference.Measure(Guesses(members), Guesses(nonMembers), released.Secrets);

        SecretGuesses Guesses(People people) => new(AttributeInference.NearestGuesses(released.Known, released.Secrets, people.Known), people.Secrets);
    }

    private static People Records(int seed)
    {
        var random = new Random(seed);
        return new People(Samples.NormalFeatures(seed, Count, 6), [.. Enumerable.Range(0, Count).Select(_ => random.Next(2))]);
    }

    private static People Telling(int seed)
    {
        var known = Samples.NormalFeatures(seed, Count, 2);
        return new People(known, [.. Enumerable.Range(0, Count).Select(i => known.Row(i)[0] > 0 ? 1 : 0)]);
    }

    private sealed record People(FeatureMatrix Known, int[] Secrets);
}
