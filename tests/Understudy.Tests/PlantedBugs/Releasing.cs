using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Noise;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Vectors whose sum a run releases, and what comes out.</summary>
internal sealed class Releasing(NeighbouringRelation relation, double bound, double epsilon, params double[][] vectors) : IDisposable
{
    private readonly TempFolder folder = new();

    public NeighbouringRelation Relation => relation;

    public double Bound => bound;

    public Epsilon Epsilon => new(epsilon);

    public double[][] Vectors => vectors;

    /// <summary>Called with the records before they are summed; may do anything.</summary>
    public Action? WhenRead { get; init; }

    /// <summary>Whose noise is taken; null for the operating system's.</summary>
    public NoiseSource? Noise { get; init; }

    public LedgerAccount Account => new(Accounts.Account.Fingerprint, "image", relation, new Delta(1e-5));

    /// <summary>The records, for a run of its own for each release.</summary>
    public PrivateData<double[][]> DataFor(string label) => new(vectors, vectors.Length, Account, OpenLedger(), label);

    /// <summary>What has left the room.</summary>
    public List<double[]> Released { get; } = [];

    public PrivacyLedger OpenLedger() => PrivacyLedger.Open(folder["ledger.db"]);

    public void Dispose() => folder.Dispose();
}
