using System.Globalization;
using Understudy.Data;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Dual;

/// <summary>What a Dual GAN is with and without a guarantee: masks of stage I, filtered, with images that stage II paints onto them.</summary>
public abstract class DualGanBase : Synthesizer, IDisposable
{
    private const string MasksFolder = "masks";
    private const string ImagesFolder = "images";
    private const string FilterFile = "filter.json";
    private const string LossesFile = "losses.csv";
    private const int MostRounds = 8;

    private MaskFilter? filter;
    private GeneratorSynthesizer? stageOne;
    private MaskPainter? stageTwo;

    private protected DualGanBase(DualGanOptions options, ImageShape shape)
    {
        if (!shape.HasMask) throw new InputException($"{Card.Name} learns pairs of images and masks, and the data are images of {shape}; give pairs (docs/dual-gan.md)");
        (Options, Shape) = (options, shape);
    }

    /// <inheritdoc/>
    public sealed override bool IsConditional => false;

    /// <summary>What the study said.</summary>
    protected DualGanOptions Options { get; }

    /// <summary>The shape of a pair.</summary>
    protected ImageShape Shape { get; }

    /// <summary>The shape of a mask.</summary>
    private protected ImageShape MaskShape => Shape.WithoutMask with { Channels = 1 };

    /// <inheritdoc/>
    public sealed override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        Dispose();
        var stages = new StagedProgress(context, Options.MaskSteps, Options.ImageSteps);
        members = Reserved(members);
        stageOne = BuildStageOne();
        stageTwo = BuildStageTwo(Seed.Derive(context.Seed, "stage II"));
        var done = stageOne.Fit(members.View(pairs => Options.Cleaning.Smooth(ImagePairs.Masks(pairs))), stages.Stage(MasksFolder, 0));
        done += FitStageTwo(stageTwo, members, stages.Stage(ImagesFolder, Options.MaskSteps));
        filter = FilterFor(members, stageOne, Seed.Derive(context.Seed, "filter"));
        PlansDone = [.. stageOne.PlansDone, .. PlansDone];
        WriteLosses(context.Directory);
        return done;
    }

    /// <inheritdoc/>
    public sealed override ImageSet Sample(int count, ulong seed, int[]? labels = null)
    {
        if (labels is not null) throw new ArgumentException($"{Card.Name} is not conditional: it takes no labels", nameof(labels));
        return Painter.Paint(DrawMasks(count, seed), Options.NoisyPainting ? seed : null);
    }

    /// <summary>The share of stage I's masks that the filter keeps.</summary>
    /// <param name="draws">Masks drawn to find out.</param>
    /// <param name="seed">Same seed, same share.</param>
    public double KeptShare(int draws, ulong seed)
    {
        var masks = Options.Cleaning.Smooth(Masks.Sample(draws, seed));
        return Kept(masks).Count / (double)draws;
    }

    /// <inheritdoc/>
    public sealed override void Save(string directory)
    {
        Masks.Save(Directory.CreateDirectory(Path.Combine(directory, MasksFolder)).FullName);
        Painter.Save(Directory.CreateDirectory(Path.Combine(directory, ImagesFolder)).FullName);
        AtomicFile.WriteText(Path.Combine(directory, FilterFile), JsonText.Write(filter!));
    }

    /// <inheritdoc/>
    public sealed override void Load(string directory)
    {
        Dispose();
        stageOne = BuildStageOne();
        stageTwo = BuildStageTwo(seed: 0);
        Masks.Load(Path.Combine(directory, MasksFolder));
        Painter.Load(Path.Combine(directory, ImagesFolder));
        filter = JsonText.Read<MaskFilter>(Path.Combine(directory, FilterFile));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stageOne?.Dispose();
        stageTwo?.Dispose();
        (stageOne, stageTwo) = (null, null);
        GC.SuppressFinalize(this);
    }

    /// <summary>The records with everything reserved that both stages will spend.</summary>
    private protected abstract PrivateData<ImageSet> Reserved(PrivateData<ImageSet> members);

    private protected abstract GeneratorSynthesizer BuildStageOne();

    private protected abstract MaskPainter BuildStageTwo(ulong seed);

    private protected abstract long FitStageTwo(MaskPainter painter, PrivateData<ImageSet> members, FitContext context);

    /// <summary>The filter by what the method may know.</summary>
    private protected abstract MaskFilter FilterFor(PrivateData<ImageSet> members, Synthesizer masks, ulong seed);

    private GeneratorSynthesizer Masks => stageOne ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    private MaskPainter Painter => stageTwo ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>Masks that the filter keeps, drawn until they are enough; after several rounds what it would drop fills up, since a failed stage I must show.</summary>
    private ImageSet DrawMasks(int count, ulong seed)
    {
        var kept = new List<byte[]>();
        ImageSet last;
        var round = 0;
        do
        {
            last = Options.Cleaning.Smooth(Masks.Sample(count, Seed.Derive(seed, "masks", round)));
            kept.AddRange(Kept(last).Select(i => last.Image(i).ToArray()));
        }
        while (kept.Count < count && ++round < MostRounds);
        kept.AddRange(Enumerable.Range(0, count).Except(Kept(last)).Take(Math.Max(0, count - kept.Count)).Select(i => last.Image(i).ToArray()));
        return new ImageSet(MaskShape, [.. kept.Take(count).SelectMany(mask => mask)]);
    }

    private List<int> Kept(ImageSet masks) =>
        [.. Enumerable.Range(0, masks.Count).Where(i => filter is null || filter.Keeps(masks.Image(i), masks.Shape.Width))];

    /// <summary>Joins the losses of the stages, so that one chart shows both.</summary>
    private static void WriteLosses(string directory)
    {
        var stages = new[] { MasksFolder, ImagesFolder }.Select(stage => (Stage: stage, Lines: File.ReadAllLines(Path.Combine(directory, stage, LossesFile)))).ToArray();
        var widths = Array.ConvertAll(stages, stage => stage.Lines[0].Count(c => c == ','));
        var header = "step," + string.Join(',', stages.SelectMany(stage => stage.Lines[0].Split(',')[1..].Select(loss => $"{stage.Stage} {loss}")));
        var rows = Enumerable.Range(1, stages.Max(stage => stage.Lines.Length) - 1).Select(row => row.ToString(CultureInfo.InvariantCulture)
            + string.Concat(stages.Zip(widths, (stage, width) => row < stage.Lines.Length ? stage.Lines[row][stage.Lines[row].IndexOf(',')..] : new string(',', width))));
        AtomicFile.WriteText(Path.Combine(directory, LossesFile), string.Concat(rows.Prepend(header).Select(line => line + "\n")));
    }
}
