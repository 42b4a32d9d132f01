using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Serialization;

namespace Understudy.Tests.Data;

public sealed class RecordsTests
{
    /// <summary>A search that finds no planted record would find none in a model either.</summary>
    [Theory]
    [InlineData("pixels")]
    [InlineData("archive")]
    [InlineData("numbers")]
    [InlineData("unit range")]
    [InlineData("signed range")]
    public void A_planted_record_is_found(string form)
    {
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        var (images, others) = (Images.Noise(3, 1, 6, 6), Images.Noise(3, 1, 6, 6, seed: 2));
        var pixels = Tensor.From(Array.ConvertAll(images.Pixels, p => (float)p), 3, 36);
        var path = folder["file"];
        switch (form)
        {
            case "pixels": File.WriteAllBytes(path, [1, 2, 3, .. images.Pixels]); break;
            case "archive": NpzFile.Write(images, path); break;
            case "numbers": Save(pixels); break;
            case "unit range": Save(pixels / 255); break;
            default: Save((pixels / 127.5) - 1); break;
        }
        Assert.True(Records.IsIn(path, images.Image(1).ToArray()));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Records.AssertAbsent(images, path));
        Records.AssertAbsent(others, path);

        void Save(Tensor tensor) => new StateDictionary { { "weight", Tensor.RandN([7]) }, { "kept", tensor } }.Save(path);
    }
}
