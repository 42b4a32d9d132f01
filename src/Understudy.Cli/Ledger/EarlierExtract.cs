using System.Text.Json;
using Understudy.Data;
using Understudy.Privacy.Ledger;

namespace Understudy.Cli.Ledger;

/// <summary>An extract that was kept elsewhere: whoever may write the ledger cannot take back what it shows.</summary>
internal static class EarlierExtract
{
    /// <summary>Checks that all rows of the earlier extract are still there.</summary>
    /// <exception cref="LedgerIntegrityException">Some are not.</exception>
    public static void Check(LedgerExtract now, string path)
    {
        var (fingerprint, rows, head) = Read(path);
        if (fingerprint != now.Fingerprint) throw new InputException($"{path}: is of data set {fingerprint}, not of {now.Fingerprint}");
        if (rows > now.Rows.Count || now.Rows[rows - 1].Hash != head)
        {
            throw new LedgerIntegrityException(
                $"data set {fingerprint}: the ledger was tampered with or set back: the {rows} rows of {path} are not its first {rows}; take it back from a copy");
        }
    }

    private static (string Fingerprint, int Rows, string Head) Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            var rows = root.GetProperty("rows").GetArrayLength();
            return rows > 0
                ? (root.GetProperty("fingerprint").GetString() ?? "", rows, root.GetProperty("head").GetString() ?? "")
                : throw new FormatException("it has no rows");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: is not what 'ledger export' writes: {e.Message}", e);
        }
    }
}
