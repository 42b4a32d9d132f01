using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation;

/// <summary>What all methods without a guarantee share that train a generator, and networks beside it, step by step: the loop and what it keeps.</summary>
/// <remarks>A method says its networks, its players and one step. Everything that a step needs and another step changed must be in the checkpoint.</remarks>
public abstract class TrainedSynthesizer(TrainingOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : GeneratorSynthesizer(shape, classNames, options.LatentSize)
{
    private const ulong NormSeed = 1;

    private readonly Dictionary<string, Module> networks = [];
    private readonly List<string> averagedNetworks = [];
    private readonly Dictionary<string, Ema> averages = [];
    private readonly Dictionary<string, Learner> learners = [];
    private readonly Dictionary<string, StateDictionary> states = [];
    private Func<(Tensor, Tensor?)>? nextBatch;

    /// <summary>Names of the losses that <see cref="Step"/> returns.</summary>
    protected abstract IReadOnlyList<string> LossNames { get; }

    /// <summary>Whether training needs the classes of the records.</summary>
    protected virtual bool NeedsLabels => IsConditional;

    /// <summary>Batches of records that a step takes: the one it is given and those it asks for with <see cref="NextBatch"/>.</summary>
    protected virtual int BatchesPerStep => 1;

    /// <summary>Steps done before the present one.</summary>
    protected long StepsDone { get; private set; }

    /// <inheritdoc/>
    public sealed override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var records = members.OpenUnaccounted($"training of {Path.GetFileName(context.Directory)}", "the method carries no guarantee");
        if (NeedsLabels && records.Labels is null) throw new InputException($"{Card.Name} learns classes, and the images have no labels; use an unconditional method (dcgan, infogan)");
        Build(Seed.Derive(context.Seed, "initialization"));
        Prepare(records, context);
        AddLearners();
        var averaged = Average(options.EmaDecay);
        foreach (var name in averagedNetworks) averages.Add(name, new Ema(networks[name], options.EmaDecay));

        using var data = new ImageTensors(records, Range, Device);
        var sampler = new BatchSampler(records.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
        var done = new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = options.CheckpointEvery,
            Seed = context.Seed,
            LossNames = LossNames,
            State = State(averaged),
            Step = step =>
            {
                StepsDone = step;
                var batches = step * BatchesPerStep;
                nextBatch = () => data.Batch(sampler.Batch(batches++));
                foreach (var learner in learners.Values) learner.RateFactor = RateFactor(step);
                var (x, y) = NextBatch();
                var losses = Step(x, y);
                averaged.Update(step);
                foreach (var average in averages.Values) average.Update(step);
                return losses;
            },
            AtCheckpoint = step =>
            {
                WriteGrid(context, step);
                Diagnose(records, context, step);
            },
            StopWhen = IsHopeless,
        }.Run(context.Progress, context.Cancellation);
        Finish(records);
        return done;
    }

    /// <summary>Makes the networks beside G, each with <see cref="AddNetwork"/>.</summary>
    protected abstract void BuildParts();

    /// <summary>Makes what else depends on the records, once before training: it is made anew, and the same, when training resumes.</summary>
    protected virtual void Prepare(ImageSet records, FitContext context)
    {
    }

    /// <summary>Does what is left to do once the steps are done; it is done again, and gives the same, when a finished training is opened again.</summary>
    protected virtual void Finish(ImageSet records)
    {
    }

    /// <summary>Makes the players, each with <see cref="AddLearner"/>.</summary>
    protected abstract void AddLearners();

    /// <summary>One step: computes the losses and updates the networks.</summary>
    /// <param name="x">[B, C, H, W] members, in <see cref="GeneratorSynthesizer.Range"/>.</param>
    /// <param name="labels">[B] their classes, if they have any.</param>
    /// <returns>As <see cref="LossNames"/>.</returns>
    protected abstract float[] Step(Tensor x, Tensor? labels);

    /// <summary>What multiplies every learning rate at a step.</summary>
    protected virtual double RateFactor(long step) => 1;

    /// <summary>Whether, after these losses, no further step would teach anything. Called once a step, in order.</summary>
    protected virtual bool IsHopeless(float[] losses) => false;

    /// <summary>Writes into the run's folder how the training stands, at every checkpoint; it changes nothing of the training.</summary>
    /// <param name="records">What it trains on.</param>
    /// <param name="context">Where, and from which seed.</param>
    /// <param name="step">Steps done.</param>
    protected virtual void Diagnose(ImageSet records, FitContext context, long step)
    {
    }

    /// <summary>The next batch of records within a step, as <see cref="Step"/> is given the first.</summary>
    protected (Tensor Images, Tensor? Labels) NextBatch() => nextBatch!();

    /// <summary>Makes a network one of this method's: on its device, in its checkpoints, freed with it.</summary>
    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="network">The network.</param>
    /// <param name="averaged">Whether its weights are averaged as G's are; see <see cref="WithAverage"/>.</param>
    protected T AddNetwork<T>(string name, T network, bool averaged = false)
        where T : Module
    {
        network.To(Device);
        networks.Add(name, network);
        if (averaged) averagedNetworks.Add(name);
        return network;
    }

    /// <summary>Makes a player.</summary>
    /// <param name="name">Its optimiser's name in checkpoints.</param>
    /// <param name="learner">The player, which this method then owns.</param>
    protected Learner AddLearner(string name, Learner learner)
    {
        learners.Add(name, learner);
        return learner;
    }

    /// <summary>Makes tensors part of the checkpoints that belong to no network.</summary>
    protected void AddState(string name, StateDictionary state) => states.Add(name, state);

    /// <summary>Puts the averaged weights of a network in place until the result is disposed of; nothing where the model was loaded, whose weights are the averages.</summary>
    protected IDisposable? WithAverage(string name) => averages.GetValueOrDefault(name)?.Apply();

    /// <summary>
    /// Measures anew what G's batch norms normalise by, under the weights that samples are drawn from. Running averages lag behind weights that still move, and averages of both need not fit.
    /// </summary>
    /// <param name="batches">How many, each of as many inputs as in training: enough for running averages to forget what they were, 50 or more.</param>
    protected void SettleNorms(int batches)
    {
        using var noGrad = Autograd.NoGrad();
        using var average = Averaged?.Apply();
        Generator.Train();
        for (var i = 0; i < batches; i++)
        {
            using var scope = new TensorScope();
            TorchRuntime.ManualSeed(Seed.Derive(NormSeed, "norms", i));
            Generator.Forward(GeneratorInput(options.BatchSize, null));
        }
        Averaged?.State.CopyFrom(Generator.State);
    }

    /// <summary>Computes something while a network asks for no gradients of its own.</summary>
    protected static T Frozen<T>(Module network, Func<T> compute)
    {
        network.Freeze();
        try
        {
            return compute();
        }
        finally
        {
            network.Unfreeze();
        }
    }

    /// <inheritdoc/>
    protected sealed override void Build(ulong seed)
    {
        base.Build(seed);
        using var scope = new TensorScope();
        BuildParts();
    }

    /// <summary>Frees the networks.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach (var network in networks.Values) network.Dispose();
        foreach (var average in averages.Values) average.Dispose();
        foreach (var learner in learners.Values) learner.Dispose();
        networks.Clear();
        averagedNetworks.Clear();
        averages.Clear();
        learners.Clear();
        states.Clear();
    }

    private TrainingState State(Ema averaged)
    {
        var tensors = new Dictionary<string, StateDictionary>(states) { ["generator"] = Generator.State, ["averaged"] = averaged.State };
        foreach (var (name, network) in networks) tensors.Add(name, network.State);
        foreach (var (name, average) in averages) tensors.Add($"averaged-{name}", average.State);
        return new TrainingState(tensors, learners.ToDictionary(learner => learner.Key, learner => learner.Value.Optimizer));
    }
}
