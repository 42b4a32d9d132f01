using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Sampling.Inversion;
using Understudy.Sampling.Walk;
using Understudy.Studies.Grids;
using Understudy.Studies.Stages;
using Understudy.Training;

namespace Understudy.Studies;

/// <summary>
/// Runs the stages of a study in a run directory. What is done already is passed over, so that a run which was stopped or killed goes on
/// where it was.
/// </summary>
public sealed class Pipeline : IDisposable
{
    private readonly StageContext _context;

    /// <summary>Takes up the work in a run directory.</summary>
    /// <param name="run">The directory.</param>
    /// <param name="ledger">Where what is spent on private data is kept; stays open.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told how far each stage has come; may be null.</param>
    /// <param name="cancellation">Asks the stage at work to write a checkpoint and stop.</param>
    /// <exception cref="InputException">The data cannot be read, cannot be divided as the study says, or have changed since the run was started.</exception>
    public Pipeline(RunDirectory run, PrivacyLedger ledger, TimeProvider time, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        _context = Open(run, ledger, time, progress, cancellation) with { Events = new EventLog(run.EventsFile, time) };
        AtomicFile.WriteText(run.EnvironmentFile, JsonText.Write(RunEnvironment.Describe()));
    }

    /// <summary>How to start processes that share the work of a grid; null does all of it in this one.</summary>
    public WorkerCommand? Workers { get; init; }

    private GridStage? Grid => _context.Study.Grid is null ? null : new GridStage(_context, Workers);

    /// <summary>Every stage, and the report.</summary>
    public StudyMetrics Run()
    {
        if (Grid is not { } grid)
        {
            Generate();
            Sample();
            Evaluate();
            Attack();
        }
        else
        {
            grid.Run();
            RunSections();
        }
        return Report();
    }

    /// <summary>Fits every method to the members.</summary>
    public void Generate()
    {
        if (Grid is not { } grid) new GenerationStage(_context).Run();
        else grid.Run(GenerationStage.Name);
    }

    /// <summary>Draws the synthetic data set of every method.</summary>
    /// <exception cref="InputException">A method is not fitted yet.</exception>
    public void Sample()
    {
        if (Grid is not { } grid) new SamplingStage(_context).Run();
        else grid.Run(PlanClassifiers.Name, SamplingStage.Name);
    }

    /// <summary>Measures utility, fidelity and memorisation, and does what else the study asks for by a section.</summary>
    /// <exception cref="InputException">A method is not sampled yet.</exception>
    public void Evaluate()
    {
        if (Grid is not { } grid)
        {
            new ClassificationStage(_context).Run();
            new FidelityStage(_context).Run();
        }
        else
        {
            grid.Run(GridItems.Features, ClassificationStage.Name, GridItems.Selection, FidelityStage.Name);
        }
        RunSections();
    }

    /// <summary>Attacks everything that is released.</summary>
    /// <exception cref="InputException">A method is not sampled yet.</exception>
    public void Attack()
    {
        if (Grid is not { } grid) new AttackStage(_context).Run();
        else grid.Run(GridItems.Shadows, AttackStage.Name, GridItems.Audit);
    }

    /// <summary>Writes <c>metrics.json</c>, the report and the data card from what has been measured so far.</summary>
    public StudyMetrics Report()
    {
        var extract = _context.Private.Extract();
        AtomicFile.WriteText(_context.Run.LedgerFile, JsonText.Write(extract));
        if (_context.Study.Grid is null) AtomicFile.WriteText(_context.Run.GuaranteesFile, JsonText.Write(Fitted(new Guarantees(extract, _context.Private.Run))));
        return RunReport.Write(_context.Run, _context.Time);
    }

    /// <summary>Looks for the latent vectors of given images in a fitted method.</summary>
    /// <param name="method">Its id in the study.</param>
    /// <param name="path">An image, or a folder or file of images; they are brought to the method's size.</param>
    /// <param name="className">The class of all of them, for a method that knows classes; null where the images say their own.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InputException">The method is not fitted or has no latent vectors, or the images do not fit it.</exception>
    public InvertedImages Invert(string method, string path, string? className, InversionOptions options) =>
        LatentTools.Invert(_context, method, path, className, options);

    /// <summary>Walks in the latent space of a fitted method, straight and bent by PLAN, between draws or between means of k members.</summary>
    /// <param name="method">Its id in the study; null for the first that has latent vectors.</param>
    /// <param name="paths">How many walks.</param>
    /// <param name="k">Members behind an end point; 0 for draws of the generator.</param>
    /// <param name="options">Points, steps and weights.</param>
    /// <exception cref="InputException">The method is not fitted or has no latent vectors, or the images have no labels.</exception>
    public IReadOnlyList<WalkedPath> Walk(string? method, int paths, int k, WalkOptions options) => LatentTools.Walk(_context, method, paths, k, options);

    /// <summary>Closes the event log; the run directory stays open.</summary>
    public void Dispose() => _context.Events?.Dispose();

    /// <summary>What the stages of a run work with, without a log of events.</summary>
    internal static StageContext Open(RunDirectory run, PrivacyLedger ledger, TimeProvider time, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var study = run.Study();
        var data = study.Data.Open();
        var splits = Splits.Create(data, study.Splits.ToOptions(), study.Seed);
        var record = DataRecord.Of(splits, DataFingerprint.Of(data), study.Name).WriteOrCompare(run.DataFile, study.Data.Path);
        var records = new PrivateRecords(study, splits, record, ledger);
        ClassificationStage.Check(study, records);
        FeatureModules.Check(study, splits.Members);
        foreach (var stage in SectionStages.All.Where(stage => stage.IsAsked(study))) stage.Check(study, splits);
        return new StageContext(run, study, splits, records, Events: null, time, progress, cancellation);
    }

    /// <summary>What is guaranteed of the data set of each method that is fitted.</summary>
    private Dictionary<string, ReleaseGuarantee> Fitted(Guarantees guarantees) =>
        _context.Study.Methods.Where(method => File.Exists(_context.Run.Generation(method.Id, GenerationStage.ResultName))).ToDictionary(method => method.Id, method => guarantees.Of([method.Id], [method.Id]));

    private void RunSections()
    {
        foreach (var stage in SectionStages.All) stage.Run(_context);
    }
}
