using Understudy.Attacks;
using Understudy.Data;

namespace Understudy.Tests.Attacks;

public sealed class CalibratedGanLeaksTests
{
    /// <summary>
    /// Grey levels 20 and 120 of single pixels against the sample 30 and the reference 25: 20 lies 10 from the sample and 5 from the reference, 120 lies
    /// 90 and 95 from them.
    /// </summary>
    [Fact]
    public void DistanceToTheReferenceIsTakenOff()
    {
        var scores = new CalibratedGanLeaks().Score(Pixels(30), Pixels(20, 120), Pixels(25), 1);
        Assert.Equal(-5 / 255.0, scores[0], 1e-12);
        Assert.Equal(5 / 255.0, scores[1], 1e-12);
        Assert.Throws<InputException>(() => new CalibratedGanLeaks().Score(Pixels(30), Pixels(20), null, 1));
    }

    private static ImageSet Pixels(params byte[] values) => new(new ImageShape(1, 1, 1), values);
}
