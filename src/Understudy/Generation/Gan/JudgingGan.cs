using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Metrics;
using Understudy.Torch;

namespace Understudy.Generation.Gan;

/// <summary>What GANs share whose discriminator judges each image by itself.</summary>
public abstract class JudgingGan(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : GanSynthesizer(options, shape, classNames), IJudgesImages
{
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

    /// <summary>D's logits [B, 1] that images are real, given their classes [B] where it is told them.</summary>
    protected virtual Tensor Judge(Tensor images, Tensor? labels) => Discriminator.Forward(images);
}
