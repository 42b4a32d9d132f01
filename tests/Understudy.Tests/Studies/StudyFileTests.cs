using System.ComponentModel.DataAnnotations;
using Understudy.Attacks;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Studies;
using Understudy.Studies.Grids;

namespace Understudy.Tests.Studies;

public sealed class StudyFileTests : IDisposable
{
    private const string Smallest = """
        name: chest-x-rays
        data: { path: x.npz }
        methods: [ { name: blur } ]
        """;

    private static readonly SynthesizerEntry[] Methods =
    [
        new(new MethodCard("blur", "A paper", "image", "none"), typeof(BlurOptions), (_, _, _) => throw new NotSupportedException()),
        new(new MethodCard("gauss", "A paper", "image", "none"), typeof(BlurOptions), (_, _, _) => throw new NotSupportedException()),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-").FullName;

    public StudyFileTests() => File.WriteAllText(Path.Combine(_folder, "x.npz"), "");

    public sealed record BlurOptions
    {
        [Range(1, 1_000_000)]
        public int Steps { get; init; } = 600;

        [Range(1, 4096)]
        public int BatchSize { get; init; } = 64;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LettersThatAreNotUtf8AreToldWithTheirLine()
    {
        var path = Path.Combine(_folder, "latin.yaml");
        File.WriteAllBytes(path, [.. "name: x\ndata: { path: caf"u8, 0xE9, .. ".npz }\n"u8]);

        Assert.Equal($"{path}:2: has letters that are not UTF-8; save the file as UTF-8", Assert.Throws<InputException>(() => StudyFile.Read(path, Methods)).Message);
    }

    [Fact]
    public void AnErrorDoesNotQuoteALongValueInFull()
    {
        var message = Assert.Throws<InputException>(() => Read(Smallest.Replace("chest-x-rays", new string('x', 100_000), StringComparison.Ordinal))).Message;

        Assert.InRange(message.Length, 500, 1500);
        Assert.EndsWith("the first a letter or a digit", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultsAreFilledIn()
    {
        var study = Read(Smallest);

        Assert.Equal((1UL, 0.6, "official", 0, "cnn"), (study.Seed, study.Splits.Members, study.Splits.Test, study.Sampling.Count, study.Fidelity.Features));
        var method = Assert.Single(study.Methods);
        Assert.Equal(("blur", "blur", new BlurOptions()), (method.Id, method.Name, method.Options));
        Assert.Equal(Path.Combine(_folder, "x.npz"), study.Data.Path);
    }

    [Theory]
    [InlineData("    batchsize: 8", ":5: unknown key 'batchsize' in methods[0] (slow); did you mean 'batchSize'?")]
    [InlineData("    steps: 0", ":5: 'steps' is 0 in methods[0] (slow); give 1 to 1000000")]
    [InlineData("    steps: 1.5", ":5: 'steps' must be a whole number, not '1.5' in methods[0] (slow)")]
    [InlineData("  - name: blurr", ":5: unknown method 'blurr' in methods[1]; did you mean 'blur'?")]
    [InlineData("  - steps: 3", ":5: 'name' is missing in methods[1]")]
    [InlineData("  - { name: gauss, id: slow }", ":5: methods[1] is called 'slow' like the method in line 4; give it an 'id' of its own")]
    [InlineData("  - { name: gauss, id: real }", ":5: methods[1] cannot be called 'real', which is the classifier trained on real data; give it another 'id'")]
    [InlineData("  - { name: gauss, id: ../x }", ":5: 'id' is '../x' in methods[1]; give up to 64 letters, digits, '.', '-' and '_', the first a letter or a digit")]
    [InlineData("  - blur", ":5: 'methods[1]' must be a mapping of keys to values")]
    [InlineData("  - { name: gauss", ":5: not valid YAML: ")]
    [InlineData("  - { name: gauss\nsampling: { count: 16 }", ":6: not valid YAML: a bracket '{' or '[' is not closed")]
    [InlineData("splits: { members: 1.5 }", ":5: 'members' is 1.5 in splits; give a share of the data, up to 1, or a whole number of images")]
    [InlineData("splits: { members: 0 }", ":5: 'members' is 0 in splits; give more than 0 and at most 1")]
    [InlineData("fidelity: { features: net.pt }", ":5: 'features' in fidelity: there is no ")]
    [InlineData("splits: { members: 0.9 }", ":5: members, nonMembers and reference are 1.3 together in splits; shares of the data sum to 1 at most")]
    [InlineData("splits: { test: officail }", ":5: 'test' is 'officail' in splits; give 'official', a share such as 0.2 or a number of images")]
    [InlineData("attacks: [ { name: gan-leak } ]", ":5: unknown attack 'gan-leak' in attacks[0]; did you mean 'gan-leaks'?")]
    [InlineData("attacks: [ { name: gan-leaks }, { name: gan-leaks } ]", ":5: attacks[1] is called 'gan-leaks' like the attack in line 5; give it an 'id' of its own")]
    [InlineData("attacks: [ { name: gan-leaks, id: a/b } ]", ":5: 'id' is 'a/b' in attacks[0]; give up to 64 letters, digits, '.', '-' and '_', the first a letter or a digit")]
    [InlineData("attacks: [ { name: monte-carlo, quantil: 0.1 } ]", ":5: unknown key 'quantil' in attacks[0] (monte-carlo); did you mean 'quantile'?")]
    [InlineData("attacks: [ { name: domias, delta: 1 } ]", ":5: 'delta' is 1 in attacks[0] (domias); give 0 or more and less than 1")]
    [InlineData("attacks: [ { name: domias, delta: 1e-6 } ]", ":5: 'delta' is 1E-06 in attacks[0] (domias), and the guarantees hold at 1E-05: a bound at a smaller one does not refute them; give at least 1E-05")]
    [InlineData("attacks: [ { name: gan-leaks }, { name: logan, features: pixel } ]", ":5: 'features' in attacks[1]: there is no ")]
    [InlineData("attacks: [ { name: gan-leaks, x: 1 } ]", ":5: unknown key 'x' in attacks[0] (gan-leaks); choose one of name, id, features, components, delta, significance")]
    [InlineData("baselines: [ { name: dpsgd } ]", ":5: unknown baseline 'dpsgd' in baselines[0]; did you mean 'dp-sgd'?")]
    [InlineData("baselines: [ { name: dp-sgd, epsilonn: 1 } ]", ":5: unknown key 'epsilonn' in baselines[0] (dp-sgd); did you mean 'epsilon'?")]
    [InlineData("baselines: [ { name: dp-sgd, epsilon: 0 } ]", ":5: 'epsilon' is 0 in baselines[0] (dp-sgd); give 0.001 to 1000")]
    [InlineData("baselines: [ { name: dp-sgd, id: real } ]", ":5: baselines[0] cannot be called 'real', which is the classifier trained on real data; give it another 'id'")]
    [InlineData("baselines: [ { name: dp-sgd, id: slow } ]", ":5: baselines[0] is called 'slow' like the method in line 4; give it an 'id' of its own")]
    [InlineData("classification: { network: vit }", ":5: 'network' cannot be 'vit' in classification; choose one of cnn")]
    public void WrongStudyIsToldWithItsLine(string line, string message)
    {
        var path = Write("name: s\ndata: { path: x.npz }\nmethods:\n  - { name: blur, id: slow }\n".Replace("- { name: blur, id: slow }",
            line.StartsWith("    ", StringComparison.Ordinal) ? "- name: blur\n    id: slow" : "- { name: blur, id: slow }", StringComparison.Ordinal) + line + "\n");
        var expected = line.StartsWith("    ", StringComparison.Ordinal) ? message.Replace(":5:", ":6:", StringComparison.Ordinal) : message;

        var error = Assert.Throws<InputException>(() => StudyFile.Read(path, Methods)).Message;

        Assert.StartsWith(path + expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: a/b\ndata: { path: x.npz }\nmethods: [ { name: blur } ]", ":1: 'name' is 'a/b'; give up to 64 letters")]
    [InlineData("name: s\ndata: { path: y.npz }\nmethods: [ { name: blur } ]", ":2: 'path' in data: there is no ")]
    [InlineData("name: s\ndata: { path: x.npz }\nmethods: []", ":3: 'methods' names no method; name at least one")]
    [InlineData("name: s\nmethods: [ { name: blur } ]", ":1: 'data' is missing")]
    public void WrongTopLevelIsToldWithItsLine(string text, string message)
    {
        var path = Write(text);

        Assert.StartsWith(path + message, Assert.Throws<InputException>(() => StudyFile.Read(path, Methods)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.npz")]
    [InlineData(".")]
    public void Private_data_are_no_public_bank(string bank)
    {
        var path = Write($"name: s\ndata: {{ path: x.npz }}\nmethods:\n  - {{ name: private-evolution, source: bank, path: {bank} }}\n");

        Assert.StartsWith($"{path}:4: 'path' in methods[0] (private-evolution) holds the private data of the study itself", Assert.Throws<InputException>(() => StudyFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_taken_to_be_public_is_listed_as_read_without_a_guarantee()
    {
        foreach (var name in new[] { "x.npz-bank.npz", "judge.ts", "features.ts" }) File.WriteAllText(Path.Combine(_folder, name), "");
        var study = StudyFile.Read(Write("""
            name: s
            data: { path: x.npz }
            methods: [ { name: private-evolution, id: pe, source: bank, path: x.npz-bank.npz } ]
            grid: { samplers: [ { id: judged, rejection: { classifier: judge.ts } } ], classifiers: [ { id: voted, network: nearestNeighbours, features: features.ts } ] }
            """));

        var listed = Unaccounted.OfGrid(study, new DataSummary("1x28x28", [], 100, 50, 50, 60), new GridMetrics([], [], [], [], [], [], 0, 0)).Where(read => read.What.Contains("taken to be public", StringComparison.Ordinal)).ToArray();

        Assert.Equal([("pe", "x.npz-bank.npz"), ("judged", "judge.ts"), ("voted", "features.ts")], listed.Select(read => (read.By, read.What[..read.What.IndexOf(',', StringComparison.Ordinal)])));
    }

    [Fact]
    public void MissingFileNamesTheNearest()
    {
        Write(Smallest);

        var path = Path.Combine(_folder, "sutdy.yaml");

        Assert.Equal($"no study file {path}; did you mean 'study.yaml'?", Assert.Throws<InputException>(() => StudyFile.Read(path, Methods)).Message);
    }

    [Fact]
    public void ResolvedStudyReadsBackTheSameFromAnotherFolder()
    {
        var study = Read(Smallest.Replace("name: blur", "name: blur, id: slow, steps: 900", StringComparison.Ordinal));
        var run = Directory.CreateDirectory(Path.Combine(_folder, "runs", "one")).FullName;
        var path = Path.Combine(run, "study.yaml");

        File.WriteAllText(path, StudyFile.Write(study, run));
        var again = StudyFile.Read(path, Methods);

        Assert.Null(StudyFile.Difference(study, again));
        Assert.Equal(study.Methods, again.Methods);
        Assert.Contains("path: ../../x.npz", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void AttacksKeepTheirOptionsAndFindTheirNetworks()
    {
        File.WriteAllText(Path.Combine(_folder, "net.pt"), "");
        var study = Read(Smallest + "\nattacks: [ { name: domias, delta: 1e-4, density: flow }, { name: gan-leaks, id: deep, significance: 0.01, features: net.pt } ]");

        var (first, second) = (study.Attacks[0], study.Attacks[1]);
        Assert.Equal(("domias", "domias", new DomiasOptions { Delta = 1e-4, Density = DensityEstimator.Flow }), (first.Id, first.Name, first.Options));
        Assert.Equal(("deep", "gan-leaks", new GanLeaksOptions { Significance = 0.01, Features = Path.Combine(_folder, "net.pt") }), (second.Id, second.Name, second.Options));

        var run = Directory.CreateDirectory(Path.Combine(_folder, "run")).FullName;
        File.WriteAllText(Path.Combine(run, "study.yaml"), StudyFile.Write(study, run));
        Assert.Contains("features: ../net.pt", File.ReadAllText(Path.Combine(run, "study.yaml")), StringComparison.Ordinal);
        Assert.Equal(study.Attacks, StudyFile.Read(Path.Combine(run, "study.yaml"), Methods).Attacks);
    }

    [Fact]
    public void BaselinesKeepTheirOptions()
    {
        var study = Read(Smallest + "\nbaselines: [ { name: dp-sgd, epsilon: 3, steps: 20 }, { name: dp-sgd, id: tight, epsilon: 0.5, batchSize: 32, clipNorm: 1, learningRate: 0.01 } ]");

        Assert.Equal(
            [
                new BaselineSection("dp-sgd", "dp-sgd", new DpSgdOptions { Epsilon = 3, Steps = 20 }),
                new BaselineSection("tight", "dp-sgd", new DpSgdOptions { Epsilon = 0.5, BatchSize = 32, ClipNorm = 1, LearningRate = 0.01 }),
            ],
            study.Baselines);
        var run = Directory.CreateDirectory(Path.Combine(_folder, "run")).FullName;
        File.WriteAllText(Path.Combine(run, "study.yaml"), StudyFile.Write(study, run));
        Assert.Equal(study.Baselines, StudyFile.Read(Path.Combine(run, "study.yaml"), Methods).Baselines);
        Assert.Equal("baselines[1].epsilon is 0.5, was 1", StudyFile.Difference(
            study with { Baselines = [study.Baselines[0], study.Baselines[1] with { Options = study.Baselines[1].Options with { Epsilon = 1 } }] }, study));
        Assert.Empty(Read(Smallest).Baselines);
    }

    [Fact]
    public void DifferenceNamesTheFirstKey()
    {
        var study = Read(Smallest);

        Assert.Equal("seed is 2, was 1", StudyFile.Difference(study, study with { Seed = 2 }));
        Assert.Equal("methods[0].steps is 700, was 600",
            StudyFile.Difference(study, study with { Methods = [study.Methods[0] with { Options = new BlurOptions { Steps = 700 } }] }));
    }

    private Study Read(string text) => StudyFile.Read(Write(text), Methods);

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "study.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
