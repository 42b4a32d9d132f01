using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("batchsize", "batchSize")]
    [InlineData("setps", "steps")]
    [InlineData("seed", "seed")]
    [InlineData("zzz", null)]
    public void FindsWhatWasMeant(string typed, string? meant) =>
        Assert.Equal(meant, NearestName.Find(typed, ["name", "seed", "steps", "batchSize"]));

    [Fact]
    public void HintListsEverythingWhereNothingIsNear() =>
        Assert.Equal("; choose one of cnn, mlp", NearestName.Hint("transformer", ["cnn", "mlp"]));
}
