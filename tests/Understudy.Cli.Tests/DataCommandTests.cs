using System.Text.Json;
using Understudy.Data;

namespace Understudy.Cli.Tests;

public sealed class DataCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void InspectCountsPartsAndClasses()
    {
        var (code, output, _) = Cli.Run("data", "inspect", Sample());
        Assert.Equal(0, code);
        Assert.Contains("images of 1x2x2", output, StringComparison.Ordinal);
        Assert.Matches(@"0\s+│ \[cat\]\s+│ 2", output);
        Assert.Contains("1 images of test are also in train", output, StringComparison.Ordinal);

        var json = Json(Cli.Run("data", "inspect", Sample(), "--json"));
        Assert.Equal(3, json.GetProperty("parts")[0].GetProperty("count").GetInt32());
        Assert.Equal("dog", json.GetProperty("parts")[0].GetProperty("classes")[1].GetProperty("name").GetString());
        Assert.Equal(1, json.GetProperty("shared")[0].GetProperty("images").GetInt32());
    }

    [Fact]
    public void ConvertGoesToPngAndBack()
    {
        var png = Path.Combine(_folder, "png");
        var npz = Path.Combine(_folder, "back.npz");

        Assert.Equal(4, Json(Cli.Run("data", "convert", Sample(), png, "--json")).GetProperty("images").GetInt32());
        Assert.Equal((0, $"4 images of 1x8x8 in {npz}{Environment.NewLine}"), First(Cli.Run("data", "convert", png, npz, "--size", "8")));

        Assert.Equal(ImageData.Open(Sample(), size: 8).Train.Pixels, ImageData.Open(npz).Train.Pixels);
        Assert.Equal(["[cat]", "dog"], ImageData.Open(npz).Train.ClassNames);
    }

    [Fact]
    public void InspectShowsMasksAndConvertKeepsThem()
    {
        var (pairs, npz) = (Path.Combine(_folder, "pairs"), Path.Combine(_folder, "pairs.npz"));
        var images = new ImageSet(new ImageShape(1, 2, 2), [1, 2, 3, 4, 5, 6, 7, 8]);
        ImageFolder.Write(ImagePairs.Join(images, new ImageSet(images.Shape, [255, 0, 0, 0, 0, 0, 0, 0])), pairs);
        Assert.Equal(0, Cli.Run("data", "convert", pairs, npz).Item1);
        var (code, output, _) = Cli.Run("data", "inspect", npz);
        Assert.Equal(0, code);
        Assert.Contains("images of 1x2x2 with mask", output, StringComparison.Ordinal);
        Assert.Contains("1 empty", output, StringComparison.Ordinal);

        var json = Json(Cli.Run("data", "inspect", npz, "--json"));
        Assert.True(json.GetProperty("shape").GetProperty("hasMask").GetBoolean());
        Assert.Equal(0.125, json.GetProperty("parts")[0].GetProperty("masks").GetProperty("foreground").GetDouble());
        Assert.Equal((2, $"0 slices of each volume are asked for; give 1 or more{Environment.NewLine}"), Last(Cli.Run("data", "inspect", npz, "--slices", "0")));
    }

    [Fact]
    public void WrongInputIsOneLineAndExitCode2()
    {
        var sample = Sample();

        Assert.Equal((2, $"{sample}: is there already; name another{Environment.NewLine}"), Last(Cli.Run("data", "convert", sample, sample)));
        Assert.Equal((2, $"/no/where: there is no such file or folder{Environment.NewLine}"), Last(Cli.Run("data", "inspect", "/no/where")));
        Assert.Equal((2, $"unknown data set 'mnits'; did you mean 'mnist'?{Environment.NewLine}"), Last(Cli.Run("data", "fetch", "mnits")));
        Assert.Equal((2, $"--base-url x: is no address; give one such as https://example.org/mnist{Environment.NewLine}"), Last(Cli.Run("data", "fetch", "mnist", "--base-url", "x")));
        Assert.Equal(2, Cli.Run("data", "convert", sample, "x", "--format", "bmp").Code);
    }

    [Fact]
    public void FetchListsWhatItKnows()
    {
        Assert.Contains("pneumoniamnist", Cli.Run("data", "fetch").Output, StringComparison.Ordinal);
        Assert.Equal("mnist", Json(Cli.Run("data", "fetch", "--json"))[0].GetProperty("name").GetString());
    }

    private string Sample()
    {
        var path = Path.Combine(_folder, "sample.npz");
        var shape = new ImageShape(1, 2, 2);
        string[] names = ["[cat]", "dog"];
        var train = new ImageSet(shape, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0, 1, 0], names);
        NpzFile.Write(new ImageData(train, test: new ImageSet(shape, [5, 6, 7, 8], [1], names)), path);
        return path;
    }

    private static JsonElement Json((int Code, string Output, string Error) run)
    {
        Assert.Equal((0, ""), (run.Code, run.Error));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static (int, string) First((int Code, string Output, string Error) run) => (run.Code, run.Output);

    private static (int, string) Last((int Code, string Output, string Error) run) => (run.Code, run.Error);
}
