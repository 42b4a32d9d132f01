using System.Text.RegularExpressions;
using Understudy.Tests.Data;

namespace Understudy.Tests;

/// <summary>The document that names a test for every known trap.</summary>
public sealed partial class KnownTrapsTests
{
    [Fact]
    public void Every_test_that_the_list_of_traps_names_is_there()
    {
        var files = Directory.GetFiles(Shared.Find("tests")!, "*.cs", SearchOption.AllDirectories).ToLookup(path => Path.GetFileNameWithoutExtension(path));
        var named = TestName().Matches(File.ReadAllText(Shared.Find("docs/traps.md")!));
        Assert.True(named.Count > 100);
        Assert.All(named, name =>
        {
            var (folder, file, method) = (name.Groups["folder"].Value, name.Groups["class"].Value, name.Groups["method"].Value);
            Assert.Contains(files[file], path => (folder.Length == 0 || Path.GetFileName(Path.GetDirectoryName(path)) == folder) && File.ReadAllText(path).Contains($" {method}(", StringComparison.Ordinal));
        });
    }

    [GeneratedRegex("`((?<folder>\\w+)/)?(?<class>\\w+Tests)\\.(?<method>\\w+)`")]
    private static partial Regex TestName();
}
