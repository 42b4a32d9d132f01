using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation;

/// <summary>A method that learns a distribution from private records and draws new ones from it.</summary>
public abstract class Synthesizer
{
    /// <summary>The folder, within that of a saved model, of what is there to be measured and is never released.</summary>
    public const string UnreleasedFolder = "unreleased";

    /// <summary>What the method is, and what it promises.</summary>
    public abstract MethodCard Card { get; }

    /// <summary>Whether samples carry the class label they were drawn for.</summary>
    public abstract bool IsConditional { get; }

    /// <summary>The shares [K] of the classes among the records, where the method has learnt them under its guarantee; otherwise null.</summary>
    public virtual IReadOnlyList<float>? ClassShares => null;

    /// <summary>What a fit under a guarantee did to the records; several plans where it has several parts, empty where there is no guarantee, or before it.</summary>
    public IReadOnlyList<PrivacyPlan> PlansDone { get; protected set; } = [];

    /// <summary>What a fit will ask of the ledger, known before any record is read; empty where there is no guarantee.</summary>
    /// <param name="account">Unit, relation and δ.</param>
    /// <param name="records">N, as declared public.</param>
    public virtual IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) => [];

    /// <summary>Learns from the members; continues from the last checkpoint in <see cref="FitContext.Directory"/> if there is one.</summary>
    /// <returns>Training steps done: fewer than the options say if the method saw that more would teach it nothing.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint has been written.</exception>
    public abstract long Fit(PrivateData<ImageSet> members, FitContext context);

    /// <summary>Draws images from the fitted model.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Same seed, same images.</param>
    /// <param name="labels">[count] the class of each, for a conditional method; null draws classes uniformly.</param>
    public abstract ImageSet Sample(int count, ulong seed, int[]? labels = null);

    /// <summary>Writes the fitted model (no training record) to a folder. What is kept to be measured alone goes into <see cref="UnreleasedFolder"/>, and all else is released with the model.</summary>
    public abstract void Save(string directory);

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    public abstract void Load(string directory);
}
