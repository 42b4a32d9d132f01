using System.IO.Compression;
using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class OmniglotTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Test_drawings_are_of_alphabets_that_training_has_not_and_ink_is_bright()
    {
        Zip("images_background_small1.zip", ["s1/Greek/c1/1.png", "s1/Greek/c2/1.png", "s1/Latin/c1/1.png"]);
        Zip("images_background_small2.zip", ["s2/Greek/c1/1.png", "s2/Tagalog/c1/1.png"]);
        var data = ImageData.Open(_folder.Path);
        Assert.Equal(["Greek", "Greek", "Latin"], data.Train.Groups!);
        Assert.Equal(["Tagalog"], data.Test!.Groups!);
        Assert.Null(data.Train.Labels);
        Assert.Equal(255 - Images.Noise(1, 1, 5, 5).Image(0)[3], data.Train.Image(0)[3]);
    }

    [Fact]
    public void Characters_are_the_classes_where_they_are_asked_for()
    {
        Zip("images_background_small1.zip", ["s1/Greek/c1/1.png", "s1/Greek/c1/2.png", "s1/Greek/c2/1.png", "s1/Latin/c1/1.png"]);
        Zip("images_background_small2.zip", ["s2/Greek/c1/1.png", "s2/Tagalog/c1/1.png"]);
        var data = Omniglot.Read(_folder.Path, Omniglot.Character);
        Assert.Equal(["Greek/c1", "Greek/c2", "Latin/c1", "Tagalog/c1"], data.Train.ClassNames);
        Assert.Equal([0, 0, 1, 2], data.Train.Labels!);
        Assert.Equal([3], data.Test!.Labels!);
        Assert.Equal(["Greek", "Greek", "Greek", "Latin"], data.Train.Groups!);
        Assert.Contains("no attribute 'drawer'; give 'character'", Images.InputError(() => Omniglot.Read(_folder.Path, "drawer")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_whole_is_refused()
    {
        Zip("images_background_small1.zip", ["s1/Greek/1.png"]);
        Zip("images_background_small2.zip", ["s2/Greek/c1/1.png"]);
        Assert.Contains("s1/Greek/1.png is not SET/ALPHABET", Images.InputError(() => ImageData.Open(_folder.Path)), StringComparison.Ordinal);
        _folder.Write("images_background_small1.zip", "no zip");
        Assert.Contains("no whole ZIP", Images.InputError(() => ImageData.Open(_folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_files_hold_what_their_description_says_and_no_alphabet_is_divided()
    {
        if (Shared.Find("../shared/data/omniglot-small") is not { } path) { Assert.Skip("Omniglot is not there"); return; }
        var data = Omniglot.Read(path, Omniglot.Character).Map(set => set.Resize(28));
        Assert.Equal(2720, data.Train.Count);
        Assert.Equal(2120, data.Test!.Count);
        Assert.Equal(5, data.Train.Groups!.Distinct().Count());
        var splits = Splits.Create(data, new SplitOptions { Members = 0.5, NonMembers = 0.2, Reference = 0.3 }, 1);
        string[][] alphabets = [.. new[] { splits.Members, splits.NonMembers, splits.Reference, splits.Test }.Select(set => set.Groups!.Distinct().ToArray())];
        Assert.Equal(alphabets.Sum(a => a.Length), alphabets.SelectMany(a => a).Distinct().Count());
        // 136 and 106 characters, 20 drawings of each; those of the test part are nobody else's.
        Assert.Equal(Enumerable.Repeat(20, 136 + 106), data.Train.Labels!.Concat(data.Test.Labels!).GroupBy(k => k).Select(same => same.Count()));
        Assert.Equal(106, data.Test.Labels!.Distinct().Count());
        Assert.True(splits.HasNovelTest);
        Assert.Empty(data.Test.Labels!.Intersect(data.Train.Labels!));
    }

    private void Zip(string name, string[] entries)
    {
        var png = ImageCodec.Encode(Raster.From(Images.Noise(1, 1, 5, 5), 0), ImageFormat.Png);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                using var written = zip.CreateEntry(entry).Open();
                written.Write(png);
            }
        }
        _folder.Write(name, stream.ToArray());
    }
}
