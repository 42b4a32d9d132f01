using Understudy.Metrics;
using Understudy.Studies;
using Understudy.Studies.Stages;

namespace Understudy.Tests.Studies.Stages;

public sealed class SegmentationFindingTests
{
    [Fact]
    public void Methods_are_ranked_beside_real_pairs_and_copies_are_named()
    {
        var section = new ReportSection(SegmentationStage.SectionId, "Segmentation", [],
        [
            new ReportTable(SegmentationStage.UtilityName, "", ["trained on", "F1"],
                [["real", F1(0.8)], ["worse", F1(0.4)], ["better", F1(0.6)], ["real + worse", F1(0.9)], ["real + better", F1(0.9)]]),
            // The first row is of held-out real pairs, which no method made.
            new ReportTable(SegmentationStage.LikenessName, "", ["pairs", "copies?"],
                [["held-out real", SegmentationFigures.Copied], ["worse", SegmentationFigures.Copied], ["better", "not seen"]]),
        ], []);

        Assert.Equal(
            [
                "Trained on the real pairs, the network that segments reaches an F1 of 0.800 (95 % interval 0.700 to 0.900) on real test pairs.",
                "Trained on pairs of better alone, it reaches 0.600 (95 % interval 0.500 to 0.700): 0.750 of that.",
                "Trained on pairs of worse alone, it reaches 0.400 (95 % interval 0.300 to 0.500): 0.500 of that.",
                "Pairs of worse are copies of training pairs: do not release them.",
            ],
            SegmentationFinding.Of(section, "?").Answers);
    }

    private static ReportCell F1(double value) => new(value, new Interval(value - 0.1, value + 0.1, 0.95));
}
