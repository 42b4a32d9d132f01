using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;

namespace Understudy.Generation.Denoising;

/// <summary>An autoencoder whose codes a discriminator compares with draws from a prior; a method says which codes.</summary>
/// <remarks>Makhzani et al., "Adversarial Autoencoders", 2015, 1511.05644; Creswell and Bharath, 2017, 1703.01220, algorithm 1.</remarks>
public abstract class AdversarialSynthesizer : DenoisingSynthesizer
{
    private readonly DaaeOptions options;
    private Module? discriminator;
    private Learner? learnerD;
    private Learner? learnerE;

    /// <summary>Prepares a method.</summary>
    /// <exception cref="InputException">The prior is the mixture in the plane, and codes have another size.</exception>
    protected AdversarialSynthesizer(DaaeOptions options, ImageShape shape, IReadOnlyList<string> classNames) : base(options, shape, classNames)
    {
        if (options is { Prior: CodePrior.Mixture, LatentSize: not 2 })
            throw new InputException($"'latentSize' is {options.LatentSize}, and the prior 'mixture' lies in the plane; give latentSize 2, or the prior 'normal'");
        this.options = options;
    }

    /// <summary>p(z).</summary>
    public CodePrior Prior => options.Prior;

    /// <inheritdoc/>
    protected sealed override Corruption Corruption => new(options.Sigma, options.Clip);

    /// <inheritdoc/>
    protected sealed override int MarkovSteps => options.MarkovSteps;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<string> LossNames => ["discriminator", "encoder", "reconstruction"];

    /// <summary>z_f [B, nz], the codes that are to look like draws from the prior, of clean images x.</summary>
    protected abstract Tensor Codes(Tensor x);

    /// <inheritdoc/>
    protected sealed override bool CanTruncate => options.Prior == CodePrior.Normal;

    /// <inheritdoc/>
    protected sealed override Tensor Noise(long count) => options.Prior == CodePrior.Mixture ? MixturePrior.Sample(count, Device) : base.Noise(count);

    /// <inheritdoc/>
    protected sealed override void BuildParts()
    {
        base.BuildParts();
        discriminator = AddNetwork("discriminator", DenseAutoencoder.Discriminator(options.LatentSize, options.Width));
    }

    /// <inheritdoc/>
    protected sealed override void AddLearners()
    {
        base.AddLearners();
        learnerD = AddLearner("optimizerD", new Learner(new Adam(discriminator!.Parameters, options.DiscriminatorLearningRate)));
        learnerE = AddLearner("optimizerE", new Learner(new Adam(Encoder.Parameters, options.LearningRate)));
    }

    /// <inheritdoc/>
    protected sealed override float[] Step(Tensor x, Tensor? labels)
    {
        var isJoint = options.Schedule == UpdateSchedule.Joint;
        var codes = Codes(x); // [B, nz]
        var lossD = AutoencoderLosses.Discriminator(discriminator!.Forward(Noise(x.Size(0))), discriminator.Forward(codes.Detach()));
        learnerD!.Lower(isJoint ? 0.5 * lossD : lossD);

        var lossE = Frozen(discriminator, () => AutoencoderLosses.Encoder(discriminator.Forward(codes)));
        if (!isJoint) learnerE!.Lower(lossE);
        var reconstruction = Reconstruction(x);
        UpdateAutoencoder(isJoint ? reconstruction + lossE : reconstruction);
        return [lossD.Item<float>(), lossE.Item<float>(), reconstruction.Item<float>()];
    }
}
