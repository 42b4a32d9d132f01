using Understudy.Data;
using Understudy.Studies.Grids;

namespace Understudy.Studies;

/// <summary>
/// The files of one run, which one process at a time may work in. A piece of work is done when its last file exists; every file is written
/// aside and renamed, so that a run goes on from wherever it was killed.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    internal const string DataName = "data.json";
    private const string StudyName = "study.yaml";
    private const string LockName = ".lock";
    private const string WorkersName = ".workers";
    private const int WouldBlock = 11; // EWOULDBLOCK of Linux
    private const int SharingViolation = unchecked((int)0x80070020); // of Windows
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _lock;

    private RunDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>The resolved study.</summary>
    public string StudyFile => File(StudyName);

    /// <summary>Versions, device, cores, threads, commit.</summary>
    public string EnvironmentFile => File("environment.json");

    /// <summary>Size, kind and fingerprint of the data.</summary>
    public string DataFile => File(DataName);

    /// <summary>What happened when, one JSON document a line.</summary>
    public string EventsFile => File("events.jsonl");

    /// <summary>What the privacy ledger holds about the data, when the run last looked.</summary>
    public string LedgerFile => File("ledger.json");

    /// <summary>Every figure of the report.</summary>
    public string MetricsFile => File("metrics.json");

    /// <summary>The report.</summary>
    public string ReportFile => File("report.html");

    /// <summary>The data card.</summary>
    public string CardFile => File("card.md");

    /// <summary>A file of a fitted method: checkpoints, <c>losses.csv</c>, <c>grids/</c>, <c>model/</c>, <c>card.json</c>.</summary>
    public string Generation(string id, params ReadOnlySpan<string> names) => File(["generation", id, .. names]);

    /// <summary>A file of what was sampled from a method: <c>samples.npz</c>, <c>grid.png</c>, <c>traversal-*.png</c>.</summary>
    public string Sampling(string id, params ReadOnlySpan<string> names) => File(["sampling", id, .. names]);

    /// <summary>A file of a classifier trained on a method's samples, or on real data: <c>real</c>, and private baselines by their ids.</summary>
    public string Classification(string id, params ReadOnlySpan<string> names) => File(["classification", id, .. names]);

    /// <summary>A file of a method's fidelity.</summary>
    public string Fidelity(string id, params ReadOnlySpan<string> names) => File(["fidelity", id, .. names]);

    /// <summary>A file of an attack on a method's samples: <c>scores.csv</c>, <c>roc.csv</c>, <c>result.json</c>.</summary>
    public string Attack(string id, string attack, params ReadOnlySpan<string> names) => File(["attacks", id, attack, .. names]);

    /// <summary>The folder of all attacks on a release.</summary>
    public string Attacks(string id) => File("attacks", id);

    /// <summary>A file of a section of the report: <c>section.json</c>, its tables as CSV, its pictures.</summary>
    public string Section(string id, params ReadOnlySpan<string> names) => File(["sections", id, .. names]);

    /// <summary>A file of the audit of a method's training.</summary>
    public string Audit(string id, params ReadOnlySpan<string> names) => File(["audits", id, .. names]);

    /// <summary>What is guaranteed of each release of a grid, or of each method's data set in a run without one.</summary>
    public string GuaranteesFile => File("guarantees.json");

    /// <summary>What went wrong in the cells of a grid.</summary>
    public string FailuresFile => File("failures.json");

    /// <summary>Starts a run of a study in a new or empty folder, or goes on with one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="study">What to run.</param>
    /// <param name="resume">Whether the folder may hold a run of the same study already.</param>
    /// <exception cref="InputException">
    /// The folder is not empty, holds something else or a run of another study, or another process works in it.
    /// </exception>
    public static RunDirectory Start(string path, Study study, bool resume)
    {
        if (System.IO.File.Exists(path)) throw new InputException($"{path} is a file; name a folder");
        var isNew = IsUnbegun(path, resume);
        if (!isNew && !resume) throw new InputException($"{path} is not empty; go on with the run in it by 'run STUDY --output {path} --resume', or name another folder");
        if (!isNew && !System.IO.File.Exists(System.IO.Path.Combine(path, StudyName)))
            throw new InputException($"{path} is no run (it has no study.yaml); name another folder");
        var run = Lock(path);
        try
        {
            if (isNew)
            {
                System.IO.File.Delete(run.DataFile);
                AtomicFile.WriteText(run.StudyFile, Studies.StudyFile.Write(study, run.Path));
            }
            else if (Studies.StudyFile.Difference(run.Study(), study) is { } difference)
                throw new InputException($"{path} holds a run of another study: {difference}; resume it with the same study, or name another folder");
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Opens a run that was started before.</summary>
    /// <exception cref="InputException">The folder holds no run, or another process works in it.</exception>
    public static RunDirectory Open(string path)
    {
        if (!System.IO.File.Exists(System.IO.Path.Combine(path, StudyName)))
            throw new InputException($"{path} is no run (it has no study.yaml); name the folder that 'run' or 'train' made");
        return Lock(path);
    }

    /// <summary>Joins a run that the process which started this one works in, and divides the work of.</summary>
    /// <exception cref="InputException">The folder holds no run.</exception>
    public static RunDirectory Join(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, StudyName))
        ? new RunDirectory(System.IO.Path.GetFullPath(path), new FileStream(System.IO.Path.Combine(path, WorkersName), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read))
        : throw new InputException($"{path} is no run (it has no study.yaml)");

    /// <summary>Reads the resolved study.</summary>
    /// <param name="requireFiles">Whether the data that it names must still be there.</param>
    public Study Study(bool requireFiles = true) => Studies.StudyFile.Read(StudyFile, requireFiles: requireFiles);

    /// <summary>What failed in the cells of a grid, when it was last worked on.</summary>
    public IReadOnlyList<GridFailure> Failures() =>
        System.IO.File.Exists(FailuresFile) ? JsonText.Read<GridFailure[]>(FailuresFile) : [];

    /// <summary>Lets other processes work in the folder.</summary>
    public void Dispose() => _lock.Dispose();

    private static RunDirectory Lock(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            var held = new FileStream(System.IO.Path.Combine(full, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            AwaitWorkers(full);
            foreach (var leftover in Directory.EnumerateFiles(full, "*" + AtomicFile.TemporarySuffix, SearchOption.AllDirectories))
                System.IO.File.Delete(leftover);
            return new RunDirectory(full, held);
        }
        catch (IOException exception) when (IsInUse(exception))
        {
            throw new InputException($"another process works in {path}; wait for it, or name another folder", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a file is another process's, rather than on a disk that is full or may not be written.</summary>
    private static bool IsInUse(IOException exception) => exception.HResult is WouldBlock or SharingViolation;

    /// <summary>Waits for workers whose starter was killed: they stop at their next checkpoint, and until then what they write must not be swept away.</summary>
    private static void AwaitWorkers(string full)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                new FileStream(System.IO.Path.Combine(full, WorkersName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None).Dispose();
                return;
            }
            catch (IOException exception) when (IsInUse(exception) && waited < Patience)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>
    /// Whether no work has been done in the folder: a run that was killed at once leaves a lock and unfinished files, one whose data were refused
    /// its study and what it knew of the data as well, which only a new start passes over.
    /// </summary>
    private static bool IsUnbegun(string path, bool resume) =>
        !Directory.Exists(path)
        || Directory.EnumerateFileSystemEntries(path).Select(System.IO.Path.GetFileName)
            .All(name => name is LockName or WorkersName || (!resume && name is (StudyName or DataName)) || name!.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal));

    private string File(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);
}
