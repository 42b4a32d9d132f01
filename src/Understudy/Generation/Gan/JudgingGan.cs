using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Generation.Gan;

/// <summary>What GANs share whose discriminator judges each image by itself.</summary>
public abstract class JudgingGan(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : GanSynthesizer(options, shape, classNames), IJudgesImages
{
    /// <summary>In the folder of a fit: a line a checkpoint, with the step, how well the discriminator tells real from generated images, and the norms of both gradients.</summary>
    internal const string DiagnosticsFile = "diagnostics.csv";

    private const int Diagnosed = 256;

    /// <inheritdoc/>
    public virtual bool SavesDiscriminator => false;

    /// <inheritdoc/>
    public double[] Judge(ImageSet images) => Judged(images, Discriminator, Judge);

    /// <inheritdoc/>
    public void SaveDiscriminator(string directory) => DiscriminatorFile.Write(Discriminator, directory);

    /// <inheritdoc/>
    public void LoadDiscriminator(string directory) => DiscriminatorFile.Read(Discriminator, directory);

    /// <summary>What the scores of the fitted D are linear in, [N, A]; null where D is no <see cref="FeatureDiscriminator"/>.</summary>
    public FeatureMatrix? Features(ImageSet images)
    {
        if (Discriminator is not FeatureDiscriminator shown) return null;
        shown.Eval();
        var values = InBatches(images, x => shown.Judge(x).Features);
        shown.Train();
        return new FeatureMatrix(values, images.Count, values.Length / images.Count);
    }

    /// <summary>The share of pairs of a record and a sample in which D scores the record higher: its sign means nothing where the loss is a critic's.</summary>
    protected sealed override void Diagnose(ImageSet records, FitContext context, long step)
    {
        var real = records.Spread(Diagnosed);
        var fake = Sample(real.Count, Seed.Derive(context.Seed, "diagnostics"), IsConditional ? real.Labels : null);
        var (d, g) = GradientNorms();
        using var log = new LossLog(Path.Combine(context.Directory, DiagnosticsFile), ["toldApart", "gradientD", "gradientG"], step - 1);
        log.Add(step, [(float)RocCurve.FromScores(Judge(real), Judge(fake)).Auc, (float)d, (float)g]);
    }

    /// <summary>D's logits [B, 1] that images are real, given their classes [B] where it is told them.</summary>
    protected virtual Tensor Judge(Tensor images, Tensor? labels) => Discriminator.Forward(images);
}
