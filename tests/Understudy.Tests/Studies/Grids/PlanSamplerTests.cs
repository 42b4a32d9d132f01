using Understudy.Data;
using Understudy.Studies.Grids;

namespace Understudy.Tests.Studies.Grids;

/// <summary>PLAN as a sampler of a grid, on noise: what it does, not what it is good for.</summary>
public sealed class PlanSamplerTests : IDisposable
{
    private readonly NoiseGrid _noise = new(200, 16);

    public void Dispose() => _noise.Dispose();

    [Fact]
    public void Walks_are_drawn_where_there_is_a_latent_space_and_elsewhere_one_line_says_why_not()
    {
        var grid = _noise.Run("""
            name: walks
            data: { path: data.npz }
            splits: { members: 60, nonMembers: 60, reference: 40, test: 40 }
            methods:
              - { name: dp-merf, epsilon: 2, steps: 2, features: 50 }
              - { name: planted-copycat }
            fidelity: { features: cnn }
            classification: { network: cnn, steps: 2, batchSize: 16 }
            attacks: [ { name: gan-leaks }, { name: gan-leaks-white-box, records: 4, iterations: 2 } ]
            grid:
              samplers:
                - { id: plain }
                - { id: walks, count: 31, balance: uniform, plan: { points: 5, steps: 2, classifierSteps: 2, identity: { steps: 2 } } }
                - { id: means, count: 12, plan: { points: 5, steps: 2, k: 3, classifierSteps: 2, identity: { steps: 2 }, inversion: { iterations: 2, restarts: 1, correctionIterations: 0 } } }
              classifiers: [ { network: nearestNeighbours } ]
              releases: [ dataset, generator, networks ]
            """);

        Assert.All(grid.Failures, failure => Assert.StartsWith("planted-copycat", failure.Subject, StringComparison.Ordinal));
        Assert.Contains(grid.Failures, failure => failure.Why == "sampler 'walks' walks by PLAN, and planted-copycat has no latent vectors to walk between; leave the method or 'plan' out");

        var drawn = NpzFile.Read(_noise.Directory.Sampling("dp-merf+s1+walks", "samples.npz")).Train;
        Assert.Equal(31, drawn.Count);
        Assert.Equal(16, drawn.Labels!.Count(label => label == 0));
        Assert.Equal(12, NpzFile.Read(_noise.Directory.Sampling("dp-merf+s1+means", "samples.npz")).Train.Count);
        Assert.False(Directory.Exists(_noise.Directory.Sampling("dp-merf+s1+walks", "identities")));

        // What avoids members has looked at them.
        Assert.Equal(2, Row("plain").Guarantee!.Epsilon!.Value, 1e-3);
        Assert.All(["walks", "means"], sampler => Assert.Contains(Row(sampler).Guarantee!.Uncovered, read => read.Contains("classifiers of identity", StringComparison.Ordinal)));
        Assert.Null(Row("walks").Guarantee!.Epsilon);

        // Weights are attacked where they are released; nothing here has a discriminator.
        Assert.Equal(["gan-leaks"], Row("plain").Cells[0].Attacks.Select(attack => attack.Name));
        Assert.Equal(["gan-leaks", "gan-leaks-white-box"], grid.Rows.Single(row => row.Key is { Method: "dp-merf", Release: ReleaseKind.Generator }).Cells[0].Attacks.Select(attack => attack.Name));
        Assert.DoesNotContain(grid.Rows, row => row.Key.Release == ReleaseKind.Networks);

        GridRow Row(string sampler) => grid.Rows.Single(row => row.Key is { Method: "dp-merf", Release: ReleaseKind.Dataset } && row.Key.Sampler == sampler);
    }
}
