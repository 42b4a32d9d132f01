using Understudy.Data;
using Understudy.Metrics;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Draws the data sets of a grid.</summary>
/// <param name="context">The run, from the data set's seed.</param>
/// <param name="plan">The grid.</param>
internal sealed class DataSetStage(StageContext context, GridPlan plan)
{
    public const string CountsName = "counts.json";

    private const int GridColumns = 10;

    /// <summary>What a whole generator is asked for: as much as its holder likes, by no sampler.</summary>
    private static readonly SamplerSection Everything = new() { Id = "all" };

    /// <summary>How many images a sampler draws; the number of members only as far as it is public.</summary>
    public static int Count(StageContext context, SamplerSection sampler) =>
        sampler.Count > 0 ? sampler.Count : context.Study.Sampling.Count > 0 ? context.Study.Sampling.Count : context.Private.PublicCount;

    /// <summary>Trains what the walks of a sampler avoid, once for all methods of a seed.</summary>
    public void Learn(SamplerSection sampler, IProgress<StageProgress> progress)
    {
        var subject = PlanClassifiers.Subject(sampler, context.Study.Seed);
        var folder = Directory.CreateDirectory(context.Run.Classification(subject)).FullName;
        var members = context.Private.Members(subject).OpenUnaccounted("members, in classifiers of identity and of the task", "walks that avoid identities");
        using var trained = PlanClassifiers.Train(members, sampler.Plan!, new FitContext(folder, context.Study.Seed, progress, context.Cancellation));
        AtomicFile.WriteText(Path.Combine(folder, PlanClassifiers.ResultName), JsonText.Write(new Metric("identities recognised in training", trained.Identity.TrainingAccuracy)));
    }

    public void Draw(GridDataSet data, IProgress<StageProgress> progress)
    {
        var folder = Directory.CreateDirectory(context.Run.Sampling(data.Id)).FullName;
        var synthesizer = GenerationStage.Create(context, data.Generator.Method);
        using var owned = synthesizer as IDisposable;
        synthesizer.Load(context.Run.Generation(data.Generator.Id, GenerationStage.ModelName));
        var fit = new FitContext(folder, context.Study.Seed, progress, context.Cancellation);
        var identities = DataSetDrawing.Identities(folder);
        if (data.Sampler?.Plan is not null) PlanClassifiers.Copy(context.Run.Classification(PlanClassifiers.Subject(data.Sampler, data.Generator.Seed)), identities);
        var drawing = new DataSetDrawing(synthesizer, data.Sampler ?? Everything, context.Private.Members(data.Id), context.Splits.Reference, plan.Sections[0].Options, fit);
        var samples = drawing.Draw(data.Sampler is null ? context.Study.Grid!.Draws * context.Private.PublicCount : Count(context, data.Sampler));
        if (Directory.Exists(identities)) Directory.Delete(identities, recursive: true);
        var shown = ClassBalance.Rows(samples, context.Splits.Members.ClassCount, GridColumns);
        ImageGrid.Write(Path.Combine(folder, SamplingStage.GridName), samples.Subset(shown.Order), shown.Rows, shown.Columns, gap: 2, SamplingStage.Scale(samples));
        if (synthesizer.ClassShares is { } shares && context.Splits.Members.Labels is { } labels)
        {
            context.Private.Unaccounted("numbers of members in each class, compared with what methods have learnt of them", "measurement");
            AtomicFile.WriteText(Path.Combine(folder, CountsName), JsonText.Write(CountLeak.Compare(shares, labels)));
        }
        NpzFile.Write(samples, Path.Combine(folder, SamplingStage.ResultName));
    }
}
