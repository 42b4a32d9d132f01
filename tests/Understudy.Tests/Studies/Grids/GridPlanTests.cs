using Understudy.Generation.Embedding;
using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Grids;

public sealed class GridPlanTests : IDisposable
{
    private const string Head = """
        name: grid
        data: { path: x.npz }
        methods: [ { name: dp-merf, features: 100 }, { name: cgan } ]
        baselines: [ { name: dp-sgd } ]
        attacks: [ { name: gan-leaks } ]
        """;

    private const string Grid = """

        grid:
          budgets: [0.5, 10]
          seeds: [1, 2, 3]
          samplers: [ { id: plain }, { id: strict, nearCopies: 0.05, balance: uniform, rejection: { probability: 0.4 }, voting: { epsilon: 2 } } ]
          classifiers: [ { network: cnn, steps: 20 }, { id: wide, network: wideResNet } ]
          releases: [dataset, generator, classifier]
          selection: { modes: [val, syn] }
          outputNoise: [0.5]
          audit: { canaries: 50 }
        """;

    private readonly TempFolder _folder = new();

    public GridPlanTests() => _folder.Write("x.npz", "");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_is_crossed_and_a_generator_trained_once_for_all_that_is_made_of_it()
    {
        var plan = GridPlan.Of(Read(Head + Grid));

        Assert.Equal(["dp-merf+e0.5+s1", "dp-merf+e0.5+s2", "dp-merf+e0.5+s3", "dp-merf+e10+s1", "dp-merf+e10+s2", "dp-merf+e10+s3", "cgan+s1", "cgan+s2", "cgan+s3"],
            plan.Generators.Select(generator => generator.Id));
        Assert.All(plan.Generators.Where(generator => generator.Budget == 10), generator => Assert.Equal(new DpMerfOptions { Features = 100, Epsilon = 10 }, generator.Method.Options));
        Assert.Equal(27, plan.DataSets.Count); // 9 generators by two samplers and as a whole
        Assert.Equal(6 + 6 + 54, plan.Classifiers.Count); // real, dp-sgd, two for each data set
        // Data sets, generators, their classifiers with and without noise, two choices each; real and private classifiers with and without noise.
        Assert.Equal(18 + 9 + 72 + 36 + 24, plan.Releases.Count);
        Assert.Equal(plan.Releases.Count, plan.Releases.Select(release => release.Id).Distinct().Count());
        Assert.Equal(plan.Releases.Count / 3, plan.Releases.Select(release => release.Row).Distinct().Count());
        Assert.Equal(["dp-merf+e0.5+s1", "dp-merf+e10+s1"], plan.Audited.Select(generator => generator.Id));
    }

    [Fact]
    public void Pieces_come_after_those_that_they_need_and_every_need_is_a_piece()
    {
        var study = Read(Head + Grid);
        using var run = RunDirectory.Start(_folder["run"], study, resume: false);
        var known = new HashSet<string>();
        foreach (var item in GridItems.Of(study, GridPlan.Of(study), run))
        {
            Assert.All(item.Needs, need => Assert.Contains(need, known));
            Assert.True(known.Add(item.Id));
        }
    }

    [Fact]
    public void Without_lists_there_is_one_of_each()
    {
        var plan = GridPlan.Of(Read(Head + "\ngrid: {}"));
        Assert.Equal(["dp-merf+s1", "cgan+s1"], plan.Generators.Select(generator => generator.Id));
        Assert.Equal(new DpMerfOptions().Epsilon, plan.Generators[0].Budget);
        Assert.Null(plan.Generators[1].Budget);
        Assert.Equal(["dp-merf+s1+plain", "cgan+s1+plain"], plan.DataSets.Select(data => data.Id));
    }

    [Fact]
    public void Networks_are_released_of_methods_that_have_a_discriminator()
    {
        var plan = GridPlan.Of(Read(Head + "\ngrid: { releases: [networks] }"));
        Assert.Equal(["cgan+s1~networks"], plan.Releases.Where(release => release.Kind == ReleaseKind.Networks).Select(release => release.Id));
        Assert.Equal(["cgan+s1~all"], plan.DataSets.Where(data => data.Sampler is null).Select(data => data.Id));
    }

    [Fact]
    public void Private_baselines_are_audited_once_a_budget_in_each_way_that_is_asked_for()
    {
        var study = Read("name: audit\ndata: { path: x.npz }\nbaselines: [ { name: dp-sgd } ]\ngrid: { budgets: [1, 4], seeds: [1, 2], releases: [classifier], audit: { baselines: [mislabelled, gradient] } }");
        using var run = RunDirectory.Start(_folder["audit"], study, resume: false);
        Assert.Equal(["dp-sgd+e1+s1~mislabelled", "dp-sgd+e1+s1~gradient", "dp-sgd+e4+s1~mislabelled", "dp-sgd+e4+s1~gradient"],
            GridItems.Of(study, GridPlan.Of(study), run).Where(item => item.Stage == GridItems.Audit).Select(item => item.Subject));
    }

    [Theory]
    [InlineData("", ":5: attacks[0], logan-white-box, asks released networks, and none are released; name generator or networks in 'releases' of a grid, or leave it out")]
    [InlineData("\ngrid: {}", ":5: attacks[0], logan-white-box, asks released networks")]
    public void An_attack_on_networks_needs_a_release_of_some(string grid, string expected) =>
        Assert.Contains(expected, Images.InputError(() => Read(Head.Replace("gan-leaks", "logan-white-box", StringComparison.Ordinal) + grid)), StringComparison.Ordinal);

    [Fact]
    public void A_grid_without_methods_may_release_classifiers_of_real_images_alone()
    {
        const string head = "name: real\ndata: { path: x.npz }\n";
        Assert.Equal(["real+cnn+s1"], GridPlan.Of(Read(head + "grid: { releases: [classifier] }")).Releases.Select(release => release.Id));
        Assert.Contains(":3: 'grid' releases what methods make, and 'methods' names none", Images.InputError(() => Read(head + "grid: {}")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_is_written_and_read_back_as_it_is()
    {
        var study = Read(Head + Grid);
        _folder.Write("again.yaml", StudyFile.Write(study, _folder.Path));
        var again = StudyFile.Read(_folder["again.yaml"]);
        Assert.Null(StudyFile.Difference(study, again));
        Assert.Equal(("cnn", 20, "wide"), (again.Grid!.Classifiers[0].Id, again.Grid.Classifiers[0].Options.Steps, again.Grid.Classifiers[1].Id));
        Assert.Equal(0.4, again.Grid.Samplers[1].Rejection!.Probability);
        Assert.Null(again.Grid.Samplers[0].Voting);
    }

    [Theory]
    [InlineData("  seeds: [4, 4]", ":7: 'seeds' names '4' twice in grid; each cell is run once")]
    [InlineData("  budgets: [0]", ":7: 'budgets' is 0 in grid; give 0.001 to 1000")]
    [InlineData("  samplers: [ { count: 3 } ]", ":7: 'id' is missing in grid.samplers[0]")]
    [InlineData("  samplers: [ { id: a }, { id: a } ]", ":7: 'samplers' names 'a' twice in grid; each cell is run once")]
    [InlineData("  samplers: [ { id: a, rejection: { classifier: none.ts } } ]", "none.ts; give samples or the path of a TorchScript module")]
    [InlineData("  classifiers: [ { network: nearestNeighbours, features: none.ts } ]", "none.ts; give pixels or the path of a TorchScript module")]
    [InlineData("  samplers: [ { id: a, truncation: 1, plan: {} } ]", ":7: sampler 'a' truncates noise and walks by PLAN in grid.samplers; a walk draws its own noise: leave 'truncation' or 'plan' out")]
    [InlineData("  shadows: 3", ":7: 'shadows' is 3 in grid; give an even number, so that each record is in half of the runs")]
    [InlineData("  selection: {}", ":7: 'selection' in grid chooses among classifiers; name at least two in 'classifiers'")]
    [InlineData("  releases: [ images ]", ":7: 'releases[0]' cannot be 'images' in grid")]
    [InlineData("  classifiers: [ { id: a, network: randomForest, weightDecay: 0.1 } ]", ":7: classifier 'a' is no network in grid.classifiers, and weight decay 0.1 is for networks")]
    [InlineData("  classifiers: [ { id: 'a b' } ]", ":7: 'id' is 'a b' in grid.classifiers")]
    public void What_is_wrong_is_said_with_its_line(string line, string expected)
    {
        var message = Images.InputError(() => Read(Head + "\ngrid:\n" + line));
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private Study Read(string text) => StudyFile.Read(_folder.Write("study.yaml", text));
}
