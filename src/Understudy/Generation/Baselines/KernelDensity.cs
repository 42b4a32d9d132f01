using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Baselines;

/// <summary>A baseline that every attack must find: each sample is a record with noise on its pixels, and the saved model is the records themselves.</summary>
/// <remarks>
/// A draw from the density of Parzen, 1962, with Gaussian windows of deviation σ: x = x_i + σ e, i uniform over the records of the class, e ~ N(0, I), held within the range of pixels.
/// </remarks>
public sealed class KernelDensity(KernelDensityOptions options, ImageShape shape, IReadOnlyList<string> classNames) : Synthesizer
{
    private const string RecordsFile = "records.npz";

    private ImageSet? records;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "kde",
        "Parzen: On Estimation of a Probability Density Function and Mode, Annals of Mathematical Statistics 33, 1962; a baseline to be found out: it releases the records themselves, with noise",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => classNames.Count > 0;

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var all = members.OpenUnaccounted($"training of {Path.GetFileName(context.Directory)}", "the method keeps the records");
        // Without groups: who an image is of is in no sample.
        records = new ImageSet(all.Shape, all.Pixels, all.Labels, all.Labels is null ? null : all.ClassNames);
        return 1;
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">There is no record of a class.</exception>
    public override ImageSet Sample(int count, ulong seed, int[]? labels = null)
    {
        var from = records ?? throw new InvalidOperationException($"{Card.Name} is not fitted");
        if (!IsConditional && labels is not null) throw new ArgumentException($"{Card.Name} was fitted to images without classes: it takes no labels", nameof(labels));
        if (IsConditional) labels ??= [.. Enumerable.Range(0, count).Select(i => i % classNames.Count)];
        var ofClass = Enumerable.Range(0, from.Count).ToLookup(i => from.Labels?[i] ?? 0);
        var own = Enumerable.Range(0, Math.Max(1, classNames.Count)).Select(k => ofClass[k].ToArray()).ToArray();
        var pixels = new byte[(long)count * shape.Length];
        for (var i = 0; i < count; i++)
        {
            var random = SplitMix64.ForDraw(Seed.Derive(seed, "sample"), i);
            var candidates = own[labels?[i] ?? 0];
            if (candidates.Length == 0) throw new InputException($"{Card.Name} has no record of class '{classNames[labels![i]]}' to draw from; ask for classes that the members have");
            var record = from.Image(candidates[random.NextInt(candidates.Length)]);
            for (var p = 0; p < record.Length; p++)
                pixels[(i * shape.Length) + p] = (byte)Math.Clamp(Math.Round(record[p] + (byte.MaxValue * options.Sigma * Distributions.NormalQuantile(random.NextPositiveFraction()))), byte.MinValue, byte.MaxValue);
        }
        return new ImageSet(shape, pixels, labels, labels is null ? null : classNames);
    }

    /// <summary>Writes the records: the model is them.</summary>
    public override void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        NpzFile.Write(records ?? throw new InvalidOperationException($"{Card.Name} is not fitted"), Path.Combine(directory, RecordsFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory) => records = NpzFile.Read(Path.Combine(directory, RecordsFile)).Train;
}
