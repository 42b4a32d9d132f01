using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class NearestNeighboursTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 5)]
    [InlineData(7, 301, 6)]
    [InlineData(70, 1030, 28)]
    [InlineData(3, 9, 33)]
    public void ImagesAgreeWithTheDefinitionExactly(int queryCount, int referenceCount, int side)
    {
        var queries = Samples.NoiseImages(1, queryCount, side);
        var references = Samples.NoiseImages(2, referenceCount, side);
        var found = NearestNeighbours.Find(queries, references);
        for (var q = 0; q < queryCount; q++)
        {
            var squares = Enumerable.Range(0, referenceCount).Select(r => Square(queries.Image(q), references.Image(r))).ToArray();
            Assert.Equal(squares.Min(), found.SquaredDistances[q]);
            Assert.Equal(Array.IndexOf(squares, squares.Min()), found.Indices[q]);
        }
    }

    [Fact]
    public void LargestDistancesDoNotOverflow()
    {
        var shape = new ImageShape(3, 256, 256);
        var black = new ImageSet(shape, new byte[shape.Length]);
        var white = new ImageSet(shape, [.. Enumerable.Repeat(byte.MaxValue, shape.Length)]);
        Assert.Equal(255.0 * 255 * shape.Length, NearestNeighbours.Find(black, white).SquaredDistances[0]);
        Assert.Equal(255.0 * 255 * shape.Length, NearestNeighbours.Find(white, black).SquaredDistances[0]);
        Assert.Equal(0, NearestNeighbours.Find(white, white).SquaredDistances[0]);
    }

    [Theory]
    [InlineData(5, 3, 1)]
    [InlineData(70, 600, 37)]
    public void FeaturesAgreeWithTheDefinition(int queryCount, int referenceCount, int dimension)
    {
        var queries = Samples.NormalFeatures(1, queryCount, dimension);
        var references = Samples.NormalFeatures(2, referenceCount, dimension);
        var found = NearestNeighbours.Find(queries, references);
        for (var q = 0; q < queryCount; q++)
        {
            var squares = Enumerable.Range(0, referenceCount).Select(r => Square(queries.Row(q), references.Row(r))).ToArray();
            Relative.Equal(squares.Min(), found.SquaredDistances[q], 1e-5);
            Assert.Equal(Array.IndexOf(squares, squares.Min()), found.Indices[q]);
        }
    }

    [Fact]
    public void LowestIndexWinsTies()
    {
        var image = Samples.NoiseImages(3, 1);
        var references = Samples.Concat([Samples.NoiseImages(4, 500), image, image, Samples.NoiseImages(5, 700), image]);
        var found = NearestNeighbours.Find(image, references);
        Assert.Equal(500, found.Indices[0]);
        Assert.Equal(0, found.SquaredDistances[0]);
    }

    [Fact]
    public void RadiusIsTheDistanceToTheKthOther()
    {
        var vectors = Samples.NormalFeatures(7, 300, 5);
        foreach (var k in new[] { 1, 4, 299 })
        {
            var radii = NearestNeighbours.SquaredRadii(vectors, k);
            for (var i = 0; i < vectors.Count; i++)
            {
                var others = Enumerable.Range(0, vectors.Count).Where(j => j != i).Select(j => Square(vectors.Row(i), vectors.Row(j))).Order().ToArray();
                Relative.Equal(others[k - 1], radii[i], 1e-5);
            }
        }
    }

    [Fact]
    public void DuplicatesHaveRadiusZero() =>
        Assert.Equal([0, 0, 8], NearestNeighbours.SquaredRadii(new FeatureMatrix([1, 1, 1, 1, 3, 3], 3, 2), 1));

    [Fact]
    public void ErrorsSayWhatIsWrong()
    {
        var images = Samples.NoiseImages(1, 3);
        Assert.Contains("1x8x8 and 1x9x9", Message(() => NearestNeighbours.Find(images, Samples.NoiseImages(1, 3, 9))), StringComparison.Ordinal);
        Assert.Contains("no record", Message(() => NearestNeighbours.Find(images, images.Subset([]))), StringComparison.Ordinal);
        Assert.Contains("more than 3", Message(() => NearestNeighbours.SquaredRadii(Samples.NormalFeatures(1, 3, 2), 3)), StringComparison.Ordinal);
        Assert.Contains("dimension 2 and 3",
            Message(() => NearestNeighbours.Find(Samples.NormalFeatures(1, 3, 2), Samples.NormalFeatures(1, 3, 3))), StringComparison.Ordinal);
        Assert.Equal("feature 1 of record 1 is NaN; features are finite numbers", Message(() => _ = new FeatureMatrix([0, 0, 0, float.NaN], 2, 2)));

        static string Message(Action action) => Assert.Throws<InputException>(action).Message;
    }

    private static double Square(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static double Square(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return sum;
    }
}
