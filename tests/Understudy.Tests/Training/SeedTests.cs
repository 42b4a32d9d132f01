using Understudy.Training;

namespace Understudy.Tests.Training;

public sealed class SeedTests
{
    [Fact]
    public void Seeds_differ_by_seed_purpose_and_index()
    {
        ulong[] seeds = [Seed.Derive(1, "step"), Seed.Derive(2, "step"), Seed.Derive(1, "epoch"), Seed.Derive(1, "step", 1), Seed.Derive(1, "step", 2)];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.Equal(seeds[0], Seed.Derive(1, "step"));
    }
}
