using Understudy.Torch;

namespace Understudy.Training;

/// <summary>Runs the steps of one training: seeds each, logs its losses, writes checkpoints and continues from the last one.</summary>
/// <remarks>Killed at any moment and run again, it ends with the same weights and the same losses.csv as if it had not been.</remarks>
public sealed class TrainingLoop
{
    private const int StepsBetweenReports = 5;

    /// <summary>The stage and the method, as <see cref="StageProgress"/> names them.</summary>
    public required (string Stage, string Subject) Name { get; init; }

    /// <summary>Folder of checkpoint.pt and losses.csv.</summary>
    public required string Directory { get; init; }

    /// <summary>Steps in all.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps from one checkpoint to the next.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>The experiment's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Names of the losses that a step returns.</summary>
    public required IReadOnlyList<string> LossNames { get; init; }

    /// <summary>Everything that training changes.</summary>
    public required TrainingState State { get; init; }

    /// <summary>Does one step (numbered from 0) and returns its losses, or null if no step can be done any more; tensors that it makes are freed after it.</summary>
    public required Func<long, float[]?> Step { get; init; }

    /// <summary>Called with the number of steps done at every checkpoint, before it is written; may be null.</summary>
    public Action<long>? AtCheckpoint { get; init; }

    /// <summary>Decides from a step's losses whether to stop early; may be null. A resumed run tells it the losses of the steps done before.</summary>
    public Func<float[], bool>? StopWhen { get; init; }

    /// <summary>Trains to the end, and returns the number of steps done: fewer than <see cref="Steps"/> if it stopped early.</summary>
    /// <exception cref="TrainingDivergedException">A loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint has been written.</exception>
    public long Run(IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var checkpoint = Path.Combine(Directory, "checkpoint.pt");
        var done = File.Exists(checkpoint) ? State.Load(checkpoint) : 0;
        var losses = Path.Combine(Directory, "losses.csv");
        var stop = false;
        foreach (var earlier in LossLog.Read(losses, done)) stop = StopWhen?.Invoke(earlier) ?? false;
        if (done >= Steps || stop) return done; // nothing is written: several processes may use what one has trained
        using var log = new LossLog(losses, LossNames, done);
        while (done < Steps && !stop)
        {
            if (cancellation.IsCancellationRequested)
            {
                WriteCheckpoint();
                throw new OperationCanceledException(cancellation);
            }
            float[]? now;
            using (new TensorScope())
            {
                TorchRuntime.ManualSeed(Training.Seed.Derive(Seed, "step", done));
                now = Step(done);
            }
            if (now is null) break;
            done++;
            log.Add(done, now);
            for (var i = 0; i < now.Length; i++)
            {
                if (!float.IsFinite(now[i]))
                    throw new TrainingDivergedException($"{Name.Subject} diverged: {LossNames[i]} is {now[i]} at step {done}; lower its learning rate");
            }
            stop = StopWhen?.Invoke(now) ?? false;
            if (done % StepsBetweenReports == 0 || done == Steps || stop) progress?.Report(Report(now));
            if (done % CheckpointEvery == 0 && done < Steps) WriteCheckpoint();
        }
        WriteCheckpoint();
        return done;

        void WriteCheckpoint()
        {
            AtCheckpoint?.Invoke(done);
            log.Flush();
            State.Save(checkpoint, done);
        }

        StageProgress Report(float[] now) =>
            new(Name.Stage, Name.Subject, done, Steps, LossNames.Zip(now).ToDictionary(pair => pair.First, pair => (double)pair.Second));
    }
}
