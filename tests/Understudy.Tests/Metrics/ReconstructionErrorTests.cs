using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class ReconstructionErrorTests
{
    // Grey images reconstructed perfectly have error 0, which cross-entropy does not give them; 51/255 apart in one of two pixels is 0.04/2.
    [Fact]
    public void Errors_are_means_over_pixels_of_each_image()
    {
        var grey = new ImageSet(new ImageShape(1, 1, 2), [100, 150, 0, 51]);
        Assert.Equal([0, 0], ReconstructionError.Of(grey, grey));
        Assert.Equal([0, 0.02], ReconstructionError.Of(grey, new ImageSet(grey.Shape, [100, 150, 0, 0])));
    }

    [Fact]
    public void Sets_that_do_not_match_are_refused() =>
        Assert.Contains("cannot be compared", Images.InputError(() => ReconstructionError.Of(Images.Noise(2), Images.Noise(3))), StringComparison.Ordinal);
}
