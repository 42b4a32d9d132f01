namespace Understudy.Studies.Stages;

/// <summary>Every stage that a study may ask for by a section, in the order in which they run and are shown.</summary>
internal static class SectionStages
{
    public static IReadOnlyList<SectionStage> All { get; } =
        [new InversionStage(), new WalkStage(), new EncodingsStage(), new EditStage(), new SegmentationStage(), new TranslationsStage()];
}
