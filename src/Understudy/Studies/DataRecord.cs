using System.Security.Cryptography;
using System.Text;
using Understudy.Data;

namespace Understudy.Studies;

/// <summary>What a run knows of its data, so that it can be reported without them and cannot go on with others.</summary>
/// <param name="Summary">Size and kind.</param>
/// <param name="Sha256">Of the pixels and labels of all splits. It stays in the run's folder and is in no report.</param>
/// <param name="Fingerprint">The name of the whole data set in the ledger.</param>
/// <param name="RunId">The name of this run in the ledger: another for every run, the same after a restart.</param>
internal sealed record DataRecord(DataSummary Summary, string Sha256, string Fingerprint, string RunId)
{
    public static DataRecord Of(Splits splits, string fingerprint, string runName)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var set in new[] { splits.Members, splits.NonMembers, splits.Reference, splits.Test })
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{set.Count} {set.Shape} {string.Join(' ', set.Labels ?? [])} {string.Join('\n', set.ClassNames)}"));
            hash.AppendData(set.Pixels);
        }
        var summary = new DataSummary(splits.Members.Shape.ToString(), splits.Members.ClassNames,
            splits.Members.Count, splits.NonMembers.Count, splits.Reference.Count, splits.Test.Count);
        return new DataRecord(summary, Convert.ToHexStringLower(hash.GetHashAndReset()), fingerprint, $"{runName}-{Guid.NewGuid():N}");
    }

    /// <summary>Writes the record, or compares it with the one that is there, which then holds.</summary>
    /// <exception cref="InputException">The data have changed since the run was started.</exception>
    public DataRecord WriteOrCompare(string path, string dataPath)
    {
        if (!File.Exists(path))
        {
            AtomicFile.WriteText(path, JsonText.Write(this));
            return this;
        }
        var known = Read(path);
        return known.Sha256 == Sha256 && known.Fingerprint == Fingerprint
            ? known
            : throw new InputException($"{dataPath} has changed since this run was started; restore it, or start a new run");
    }

    public static DataRecord Read(string path) => JsonText.Read<DataRecord>(path);
}
