using Understudy.Data;
using Understudy.Generation.Style;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation;

public sealed class StyleGanTests
{
    [Fact]
    public void The_discriminator_soon_tells_real_images_from_the_first_generated_ones()
    {
        // At chance its loss is 2 ln 2 = 1.386, where it stays if it learns more slowly than the generator.
        using var folder = new TempFolder();
        var members = NpzFile.Read(Shared.Find("data/pneumoniamnist/pneumoniamnist.npz")!).Train.Subset([.. Enumerable.Range(0, 128)]);
        using var gan = new StyleGan(new StyleGanOptions { Steps = 60, BatchSize = 32, Width = 16, CheckpointEvery = 60 }, members.Shape, members.ClassNames);
        gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        var losses = File.ReadLines(folder["losses.csv"]).Skip(1).Select(line => float.Parse(line.Split(',')[1])).ToArray();
        Assert.True(losses.Min() < 1, $"{losses.Min()}");
    }
}
