using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Baselines;

/// <summary>A baseline without networks: a Gaussian in the first principal components of the records, around the mean of each class.</summary>
/// <remarks>
/// The model of Tipping and Bishop, JRSS B 61, 1999, with its isotropic noise σ² = 0: x = μ_y + V diag(d) z, z ~ N(0, I), where V [P, k] holds the first principal components
/// of the deviations of the records from the means μ of their classes, and d [k] their standard deviations. That is a generator of one linear layer.
/// </remarks>
public sealed class Pca(PcaOptions options, ImageShape shape, IReadOnlyList<string> classNames) : GeneratorSynthesizer(shape, classNames, options.Components)
{
    // Enough for the directions of images; means are those of all records.
    private const int MostRecords = 10_000;
    private const float HalfRange = 127.5f; // of a grey value, for pixels in [-1, 1]

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new("pca", "Tipping, Bishop: Probabilistic Principal Component Analysis, JRSS B 61, 1999", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => ClassCount > 0;

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var records = members.OpenUnaccounted($"training of {Path.GetFileName(context.Directory)}", "the method carries no guarantee");
        Build(context.Seed);
        var (mean, offsets) = Means(records);
        var components = PrincipalComponents.Fit([Deviations(records.Spread(MostRecords), mean, offsets)], options.Components, Seed.Derive(context.Seed, "components"));

        var columns = options.Components + ClassCount;
        var weight = new float[Shape.Length * columns]; // [P, k + K]
        for (var j = 0; j < components.Deviations.Length; j++)
        {
            for (var p = 0; p < Shape.Length; p++) weight[(p * columns) + j] = components.Deviations[j] * components.Direction(j)[p];
        }
        for (var i = 0; i < offsets.Length; i++) weight[(i % Shape.Length * columns) + options.Components + (i / Shape.Length)] = offsets[i];

        using (new TensorScope())
        using (Autograd.NoGrad())
        {
            var linear = (Linear)((Sequential)Generator)[0];
            linear.Weight.CopyFrom(Tensor.From(weight, Shape.Length, columns));
            linear.Bias!.CopyFrom(Tensor.From(mean, Shape.Length));
        }
        WriteGrid(context, 1);
        return 1;
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() =>
        new Sequential(new Linear(options.Components + ClassCount, Shape.Length), new Reshape(Shape.Channels, Shape.Height, Shape.Width));

    private static float Signed(byte pixel) => (pixel / HalfRange) - 1;

    private int ClassOf(ImageSet records, int record) => ClassCount == 0 ? 0 : records.Labels![record];

    /// <summary>The mean [P] of all records, and how far that of each class is from it, [K, P]; 0 for a class without records.</summary>
    private (float[] Mean, float[] Offsets) Means(ImageSet records)
    {
        var length = Shape.Length;
        var (sums, counts) = (new double[Math.Max(1, ClassCount) * length], new int[Math.Max(1, ClassCount)]);
        for (var i = 0; i < records.Count; i++)
        {
            var label = ClassOf(records, i);
            counts[label]++;
            var image = records.Image(i);
            for (var p = 0; p < length; p++) sums[(label * length) + p] += Signed(image[p]);
        }
        var mean = new float[length];
        for (var p = 0; p < length; p++) mean[p] = (float)(Enumerable.Range(0, counts.Length).Sum(label => sums[(label * length) + p]) / records.Count);
        var offsets = new float[ClassCount * length];
        for (var i = 0; i < offsets.Length; i++) offsets[i] = counts[i / length] == 0 ? 0 : (float)(sums[i] / counts[i / length]) - mean[i % length];
        return (mean, offsets);
    }

    /// <summary>Records [N, P] less the means of their classes.</summary>
    private FeatureMatrix Deviations(ImageSet records, float[] mean, float[] offsets)
    {
        var (length, values) = (Shape.Length, new float[(long)records.Count * Shape.Length]);
        Parallel.For(0, records.Count, Cores.All, i =>
        {
            var image = records.Image(i);
            var offset = ClassCount == 0 ? ReadOnlySpan<float>.Empty : offsets.AsSpan(ClassOf(records, i) * length, length);
            for (var p = 0; p < length; p++) values[((long)i * length) + p] = Signed(image[p]) - mean[p] - (offset.IsEmpty ? 0 : offset[p]);
        });
        return new FeatureMatrix(values, records.Count, length);
    }
}
