using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Evolution;

/// <summary>Private Evolution: a public source proposes images, private records vote for the nearest, and what noised votes select is varied; again and again.</summary>
/// <remarks>
/// Lin, Gopi, Kulkarni, Nori, Yekhanin, ICLR 2024, 2305.15560; with simulators: 2502.05505. Nothing is trained. The votes of T iterations are
/// T Gaussian histograms over all records; as many candidates of each class are proposed as of every other, and the shares of the classes are
/// the sums of their noised votes. What is released is what the last vote selected, not variations that no one voted for.
/// </remarks>
public sealed class PrivateEvolution : Synthesizer
{
    private const string Label = "votes";
    private const string PopulationFile = "population.npz";

    private readonly PrivateEvolutionOptions options;
    private readonly ImageShape shape;
    private readonly IReadOnlyList<string> classNames;
    private ImageSet? population;
    private float[]? shares;

    /// <summary>Creates one that is not fitted.</summary>
    /// <param name="options">What the study said.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="classNames">Names of the classes; empty where images have no labels.</param>
    /// <exception cref="InputException">
    /// The population has fewer images than there are classes, or a class fewer candidates than a record has votes; or the source does not suit the data.
    /// </exception>
    public PrivateEvolution(PrivateEvolutionOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    {
        (this.options, this.shape, this.classNames) = (options, shape, classNames);
        if (options.Population < Rows) throw new InputException($"'population' is {options.Population}, and there are {Rows} classes; give at least {Rows}");
        if (Candidates < options.Neighbours) throw new InputException($"'neighbours' is {options.Neighbours}, and a class has {Candidates} candidates; give at most {Candidates}");
        if (options.Source == VariationSource.Digits) new DigitSimulator(shape, classNames).Dispose();
        else if (options.Path.Length == 0)
            throw new InputException($"'path' is missing; give the public {(options.Source == VariationSource.Bank ? "data set" : "generator")} to evolve");
    }

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "private-evolution",
        "Lin, Gopi, Kulkarni, Nori, Yekhanin: Differentially Private Synthetic Data via Foundation Model APIs 1: Images, ICLR 2024, arXiv 2305.15560",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => classNames.Count > 0;

    /// <inheritdoc/>
    public override IReadOnlyList<float>? ClassShares => shares;

    // K, or 1 where images have no labels.
    private int Rows => Math.Max(1, classNames.Count);

    /// <summary>Selected images of a class.</summary>
    private int Selected => options.Population / Rows;

    /// <summary>M: candidates of a class.</summary>
    private int Candidates => Selected * (options.Variations + (options.KeepSelected ? 1 : 0));

    /// <inheritdoc/>
    public override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) => [new LedgerPlan(Label, PlanFor(account, records).StepEvent, options.Iterations)];

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        using var api = OpenApi();
        using var votes = new PrivateSums(Label, PlanFor(members.Account, members.PublicCount), members);
        using var scope = new TensorScope();
        var candidates = Tensor.From(api.Random(Labels(Candidates), Seed.Derive(context.Seed, "initialization")), Rows, Candidates, api.CodeLength);
        var selected = Tensor.Zeros([Rows, Selected, api.CodeLength]);
        var counted = Tensor.Zeros([Rows], DType.Float64); // noised votes of all iterations so far
        var kept = new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Iterations,
            CheckpointEvery = 1,
            Seed = context.Seed,
            LossNames = ["votedFor"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["population"] = new() { { "candidates", candidates }, { "selected", selected }, { "counted", counted } } },
                new Dictionary<string, Optimizer>()),
            Step = step => Iterate(api, votes, candidates, selected, counted, step, context.Seed),
            AtCheckpoint = step => WriteGrid(api, selected, Path.Combine(context.Directory, "grids", $"step-{step:D6}.png")),
        }.Run(context.Progress, context.Cancellation);
        PlansDone = [votes.Describe("Gaussian histograms of the records' votes", kept)];
        population = api.Render(selected.ToArray<float>(), Labels(Selected));
        if (IsConditional) shares = ClassSharesFile.Of(counted.ToArray<double>());
        return kept;
    }

    /// <summary>Draws from the released population, each image of a class once before any comes again.</summary>
    /// <inheritdoc/>
    public override ImageSet Sample(int count, ulong seed, int[]? labels = null)
    {
        var from = population ?? throw new InvalidOperationException($"{Card.Name} is not fitted");
        if (!IsConditional && labels is not null) throw new ArgumentException($"{Card.Name} was fitted to images without classes: it takes no labels", nameof(labels));
        labels ??= [.. Enumerable.Range(0, count).Select(i => i % Rows)];
        var (order, used) = (new int[Rows][], new int[Rows]);
        for (var k = 0; k < Rows; k++)
        {
            order[k] = [.. Enumerable.Range(k * Selected, Selected)];
            new SplitMix64(Seed.Derive(seed, "sample", k)).Shuffle(order[k].AsSpan());
        }
        var drawn = from.Subset(Array.ConvertAll(labels, k => order[k][used[k]++ % Selected]));
        return IsConditional ? new ImageSet(shape, drawn.Pixels, labels, classNames) : drawn;
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        NpzFile.Write(population ?? throw new InvalidOperationException($"{Card.Name} is not fitted"), Path.Combine(directory, PopulationFile));
        ClassSharesFile.Write(directory, shares);
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        population = NpzFile.Read(Path.Combine(directory, PopulationFile)).Train;
        shares = ClassSharesFile.Read(directory);
    }

    private float[]? Iterate(IVariationApi api, PrivateSums votes, Tensor candidates, Tensor selected, Tensor counted, long step, ulong seed)
    {
        // Every vote but the first is on variations of what the one before selected.
        if (step > 0) Propose(api, candidates, selected, Degree(step), Seed.Derive(seed, "variations", step));
        var codes = candidates.ToArray<float>();
        var shown = Embedded(api, codes, Degree(Math.Min(step + 1, options.Iterations - 1)), Seed.Derive(seed, "lookahead", step));
        if (votes.TrySum(records => Votes.Count(records, shown, options.Neighbours)) is not { } noised) return null;
        var chosen = new float[Rows * Selected * api.CodeLength];
        for (var k = 0; k < Rows; k++)
        {
            var ofClass = noised.AsSpan(k * Candidates, Candidates);
            foreach (var (place, candidate) in Votes.Select(ofClass, options.Threshold, Selected, options.Selection, Seed.Derive(seed, "selection", (step * Rows) + k)).Index())
            {
                codes.AsSpan(((k * Candidates) + candidate) * api.CodeLength, api.CodeLength)
                    .CopyTo(chosen.AsSpan(((k * Selected) + place) * api.CodeLength));
            }
        }
        selected.CopyFrom(Tensor.From(chosen, Rows, Selected, api.CodeLength));
        counted.AddInPlace(Tensor.From(noised, Rows, Candidates).Sum([1]));
        return [(float)noised.Count(count => count > options.Threshold) / noised.Length];
    }

    /// <summary>The next candidates: variations of the selected images, and these themselves where they are kept.</summary>
    private void Propose(IVariationApi api, Tensor candidates, Tensor selected, double degree, ulong seed)
    {
        var codes = selected.ToArray<float>();
        var parts = Enumerable.Range(0, options.Variations)
            .Select(fold => api.Vary(codes, Labels(Selected), degree, Seed.Derive(seed, "fold", fold)))
            .Concat(options.KeepSelected ? [codes] : []);
        candidates.CopyFrom(Tensor.Cat([.. parts.Select(part => Tensor.From(part, Rows, Selected, api.CodeLength))], 1));
    }

    /// <summary>[K] what records compare themselves with: the candidates, or the mean of some variations of each.</summary>
    private ImageSet[] Embedded(IVariationApi api, float[] codes, double degree, ulong seed)
    {
        var labels = Labels(Candidates);
        var images = api.Render(codes, labels);
        if (options.Lookahead > 0)
        {
            var sums = new int[images.Pixels.Length];
            for (var ahead = 0; ahead < options.Lookahead; ahead++)
            {
                var varied = api.Render(api.Vary(codes, labels, degree, Seed.Derive(seed, "ahead", ahead)), labels).Pixels;
                for (var i = 0; i < sums.Length; i++) sums[i] += varied[i];
            }
            images = new ImageSet(shape, Array.ConvertAll(sums, sum => (byte)Math.Round((double)sum / options.Lookahead)));
        }
        return [.. Enumerable.Range(0, Rows).Select(k => images.Subset([.. Enumerable.Range(k * Candidates, Candidates)]))];
    }

    /// <summary>Falls in equal steps from the first degree, of the variations after the first vote, to the last.</summary>
    private double Degree(long step) => options.Iterations <= 2
        ? options.FirstDegree
        : options.FirstDegree + ((options.LastDegree - options.FirstDegree) * Math.Max(0, step - 1) / (options.Iterations - 2));

    private DpPlan PlanFor(LedgerAccount account, long records) =>
        DpPlan.Calibrate(new Epsilon(options.Epsilon), account.Delta, account.Relation, records, checked((int)records), new FlatClipping(Votes.Bound), options.Iterations);

    private IVariationApi OpenApi()
    {
        if (options.Source == VariationSource.Digits) return new DigitSimulator(shape, classNames);
        if (options.Source == VariationSource.Generator) return new GeneratorApi(options.Path, shape, options.LatentSize, options.Conditions);
        var bank = ImageData.Open(options.Path).Train;
        return bank.Shape == shape ? new ImageBank(bank, options.BankNeighbours) : throw new InputException($"{options.Path}: holds images of {bank.Shape}, and the records are {shape}; bring them to one shape");
    }

    /// <summary>[K · count] labels, class by class.</summary>
    private int[] Labels(int count) => [.. Enumerable.Range(0, Rows * count).Select(i => i / count)];

    private void WriteGrid(IVariationApi api, Tensor selected, string path)
    {
        var columns = Math.Min(10, Selected);
        var shown = selected.Narrow(1, 0, columns).Contiguous().ToArray<float>();
        ImageGrid.Write(path, api.Render(shown, Labels(columns)), Rows, columns);
    }
}
