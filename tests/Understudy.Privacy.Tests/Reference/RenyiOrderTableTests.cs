using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Tests.Reference;

/// <summary>Every row of shared/reference/rdp_orders.csv: 30-digit quadrature.</summary>
public sealed class RenyiOrderTableTests
{
    [Fact]
    public void Sampled_gaussian_divergence_agrees_to_1e_10()
    {
        var accountant = new RdpAccountant(NeighbouringRelation.AddOrRemoveOne);
        foreach (var row in ReferenceTable.Read("rdp_orders.csv"))
        {
            var step = new GaussianEvent(ReferenceTable.Number(row["sigma"])).Sampled(new SamplingRate(ReferenceTable.Number(row["q"])));
            var divergence = accountant.DivergenceAt(step, ReferenceTable.Number(row["alpha"]));
            var expected = ReferenceTable.Number(row["rdp_exact_quadrature_one_step"]);
            Assert.True(Math.Abs(divergence / expected - 1) <= 1e-10, $"q={row["q"]} sigma={row["sigma"]} alpha={row["alpha"]}: {divergence:R} against {expected:R}");
        }
    }
}
