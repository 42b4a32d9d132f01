using Understudy.Data;

namespace Understudy.Tests.Data;

/// <summary>What the repository brings and what it fetches may be passed on; the retinal images of DRIVE and MESSIDOR may not.</summary>
public sealed class BundledDataTests
{
    private static readonly string[] NotOurs = ["drive", "messidor"];

    [Fact]
    public void Every_bundled_data_set_says_where_it_is_from_and_its_licence()
    {
        var folders = Directory.GetDirectories(Shared.Find("data")!);
        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            Assert.Contains("CC BY", File.ReadAllText(Path.Combine(folder, "SOURCE.md")), StringComparison.Ordinal);
            Assert.DoesNotContain(NotOurs, name => Path.GetFileName(folder).Contains(name, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Every_data_set_that_is_fetched_has_a_licence() => Assert.All(PublicDataSets.All, set =>
    {
        Assert.NotEmpty(set.Licence);
        Assert.DoesNotContain(NotOurs, name => set.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
    });
}
