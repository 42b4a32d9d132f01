using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Studies.Grids;

namespace Understudy.Studies.Releases;

/// <summary>What leaves the room: artefacts, data card, certificate and what the ledger holds about the data, in a folder of its own.</summary>
/// <param name="Id">Which cell of the grid, or, in a run without one, which method's data set.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Guarantee">What is guaranteed of it.</param>
/// <param name="Utility">Balanced accuracy on the test split, of pairs the F1 of the network that segments; null where neither was measured.</param>
/// <param name="Files">The files, the card last.</param>
public sealed record Release(string Id, ReleaseKind Kind, ReleaseGuarantee Guarantee, Metric? Utility, IReadOnlyList<string> Files)
{
    private const string CardName = "card.md";

    /// <summary>Writes one; nothing is written where it may not be released.</summary>
    /// <param name="run">The run.</param>
    /// <param name="id">Which cell of its grid, or which method.</param>
    /// <param name="folder">A folder that is not there yet.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InputException">There is no such release, it is not finished, its claim is refuted, it holds members, or the folder is there.</exception>
    public static Release Write(RunDirectory run, string id, string folder, TimeProvider time)
    {
        var study = run.Study(requireFiles: false);
        var source = study.Grid is null ? MethodRelease.Of(run, study, id) : GridCellRelease.Of(run, study, id);
        if (Path.Exists(folder)) throw new InputException($"{folder} is there already; name a new folder");
        var aside = folder + AtomicFile.TemporarySuffix;
        Directory.CreateDirectory(aside);
        try
        {
            var files = source.Copy(aside);
            AtomicFile.WriteText(Path.Combine(aside, "certificate.json"), JsonText.Write(source.Guarantee));
            AtomicFile.WriteText(Path.Combine(aside, "ledger.json"), Extract(run));
            var written = new Release(id, source.Kind, source.Guarantee, source.Utility, [.. files, "certificate.json", "ledger.json", CardName]);
            AtomicFile.WriteText(Path.Combine(aside, CardName), written.Card(source, study, time));
            Directory.Move(aside, folder);
            return written;
        }
        catch
        {
            Directory.Delete(aside, recursive: true);
            throw;
        }
    }

    /// <summary>Refuses a data set of a method that leaks on purpose.</summary>
    internal static void RefusePlanted(string id, string method)
    {
        if (Synthesizers.IsPlanted(method)) throw new InputException($"{id} must not be released: {method} leaks on purpose, to try attacks on");
    }

    /// <summary>
    /// What the ledger holds, without what names the data: a hash of them would tell whoever knows all records but one which the last one is, and the chain of rows is made of it.
    /// </summary>
    private static string Extract(RunDirectory run)
    {
        var extract = JsonNode.Parse(File.ReadAllText(run.LedgerFile))!.AsObject();
        foreach (var name in new[] { "fingerprint", "rows", "head" })
        {
            if (!extract.Remove(name)) throw new InvalidOperationException($"the ledger's extract has no '{name}' to withhold");
        }
        return extract.ToJsonString(JsonText.Options);
    }

    private string Card(ReleaseSource source, Study study, TimeProvider time)
    {
        var text = new StringBuilder();
        Line($"# Data card: {Id}");
        Line();
        Line(string.Create(CultureInfo.InvariantCulture, $"A {(Kind == ReleaseKind.Networks ? "generator with its discriminator" : Kind.ToString().ToLowerInvariant())} made by Understudy from the study {study.Name} with seed {source.Seed}, written on {time.GetUtcNow():yyyy-MM-dd}. {source.Made}"));
        Line();
        Line("## Certificate");
        Line();
        Line($"- Guarantee: {Guarantee.Claim}.");
        foreach (var part in Guarantee.Parts) Line(string.Create(CultureInfo.InvariantCulture, $"- Part of it: {part.What} of {part.Name}, ε = {part.Epsilon:0.######} alone."));
        foreach (var read in Guarantee.Uncovered) Line($"- Covered by no guarantee: {read}.");
        Line("- Covered by no guarantee: the choice of this release among others, as far as it rested on figures measured on the data; and the choice of methods and options.");
        Line("- Covered by no guarantee: the figures of this card, which were measured on real records. Take them out where even they must not be known.");
        Line("- Whoever makes several releases of the same data pays for all of them together; `ledger.json` holds everything that all runs have spent on them.");
        Line();
        Line("## Figures");
        Line();
        foreach (var figure in source.Figures) Line($"- {figure}");
        return text.ToString();

        void Line(string line = "") => text.Append(line).Append('\n');
    }
}
