using Understudy.Attacks.Classifiers;
using Understudy.Data;

namespace Understudy.Tests.Attacks.Classifiers;

public sealed class ConfidenceTests
{
    private static readonly float[] Probabilities = [0.7f, 0.2f, 0.1f, 0.5f, 0.25f, 0.25f];
    private static readonly int[] Labels = [0, 1];

    // The formulas with numbers put in.
    [Fact]
    public void ScoresAreTheirFormulas()
    {
        AssertEqual([Math.Log(0.7), Math.Log(0.25)], Confidence.NegativeLoss(Probabilities, Labels));
        AssertEqual([0.7, 0.5], Confidence.Largest(Probabilities, Labels));
        AssertEqual([1, 0], Confidence.LabelOnly(Probabilities, Labels));
        AssertEqual([Math.Log(0.7 / 0.3), Math.Log(0.25 / 0.75)], Confidence.LogOdds(Probabilities, Labels));
        AssertEqual(
        [
            0.3 * Math.Log(0.7) + 0.2 * Math.Log(0.8) + 0.1 * Math.Log(0.9),
            0.75 * Math.Log(0.25) + 0.5 * Math.Log(0.5) + 0.25 * Math.Log(0.75),
        ], Confidence.NegativeModifiedEntropy(Probabilities, Labels));
    }

    /// <summary>A model that is surer of the right class scores higher, whichever score: the orientation that every attack relies on.</summary>
    [Fact]
    public void SurerOfTheRightClassIsMoreMemberLike()
    {
        float[] unsure = [0.6f, 0.4f], sure = [0.9f, 0.1f], wrong = [0.1f, 0.9f];
        int[] label = [0];
        foreach (var score in new Func<float[], double[]>[]
        {
            p => Confidence.NegativeLoss(p, label), p => Confidence.LogOdds(p, label), p => Confidence.NegativeModifiedEntropy(p, label),
        })
        {
            Assert.True(score(sure)[0] > score(unsure)[0]);
            Assert.True(score(unsure)[0] > score(wrong)[0]);
        }
    }

    /// <summary>Where p_y rounds to 1 the odds still follow the small probabilities; where those underflow the odds are large and finite.</summary>
    [Fact]
    public void CertaintyKeepsItsDigits()
    {
        var odds = Confidence.LogOdds([1f, 1e-20f, 1f, 1e-30f, 1f, 0f, 0f, 1f], [0, 0, 0, 0]);
        Assert.Equal(20 * Math.Log(10), odds[0], 1e-4);
        Assert.Equal(30 * Math.Log(10), odds[1], 1e-4);
        Assert.True(double.IsFinite(odds[2]) && odds[2] > odds[1]);
        Assert.True(double.IsFinite(odds[3]) && odds[3] < -odds[1]);
        Assert.All(Confidence.NegativeModifiedEntropy([1f, 0f, 0f, 1f], [0, 0]), score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void WrongInputIsRefused()
    {
        Assert.Contains("record 1 has label 3", Assert.Throws<InputException>(() => Confidence.LogOdds(Probabilities, [0, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Confidence.LogOdds(Probabilities, [0, 1, 2, 0]));
        Assert.Throws<InputException>(() => Confidence.LogOdds([0.5f], [0]));
    }

    private static void AssertEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6);
    }
}
