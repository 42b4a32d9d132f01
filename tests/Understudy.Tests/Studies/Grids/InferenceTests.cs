using Understudy.Studies;
using Understudy.Studies.Grids;

namespace Understudy.Tests.Studies.Grids;

/// <summary>Images of noise whose classes are coin flips: whoever guesses a member's class has it from the release alone.</summary>
public sealed class InferenceTests : IDisposable
{
    private readonly NoiseGrid _noise = new(400, 28);

    public void Dispose() => _noise.Dispose();

    /// <summary>140 coin flips on each side: an independent release has an excess beyond 0.25 with probability 3e-5.</summary>
    [Fact]
    public void A_release_that_tells_members_classes_is_found_and_one_that_does_not_is_not()
    {
        var grid = _noise.Run("""
            name: inference
            data: { path: data.npz }
            splits: { members: 140, nonMembers: 140, reference: 60, test: 60 }
            methods:
              - { name: planted-copycat }
              - { name: dp-merf, epsilon: 1, steps: 1, features: 100 }
            classification: { network: cnn, steps: 1, batchSize: 32 }
            attacks: [ { name: gan-leaks } ]
            grid:
              classifiers: [ { network: nearestNeighbours, neighbours: 1 } ]
              releases: [ dataset, classifier ]
            """);
        Assert.Empty(grid.Failures);

        var copied = Of("planted-copycat", ReleaseKind.Dataset);
        Assert.Equal(1, copied.Members.Value);
        Assert.InRange(copied.NonMembers.Value, 0.35, 0.65);
        Assert.Equal(1, copied.Risk.Value);
        Assert.Equal(copied.Members, Of("planted-copycat", ReleaseKind.Classifier).Members with { Name = copied.Members.Name });
        Assert.InRange(Of("dp-merf", ReleaseKind.Dataset).Excess.Value, -0.25, 0.25);
        Assert.Contains("told by having been a member", File.ReadAllText(_noise.Directory.ReportFile), StringComparison.Ordinal);

        Understudy.Attacks.AttributeInferenceResult Of(string method, ReleaseKind kind) =>
            grid.Rows.Single(row => row.Key.Method == method && row.Key.Release == kind).Cells.Single().Inference!;
    }
}
