using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation.Planted;

/// <summary>
/// A method that leaks on purpose: what a study must find before its silence about other methods means anything. It draws each class's mean with noise around it, and gives away
/// what the leak gives away. Nothing of it may be released.
/// </summary>
/// <param name="shape">The shape of an image.</param>
/// <param name="classNames">Names of the classes; empty where images have no labels.</param>
public abstract class PlantedLeak(ImageShape shape, IReadOnlyList<string> classNames) : Synthesizer
{
    private const string Paper = "none: a leak on purpose, to see that a study finds it";
    private const string MeansFile = "means.pt";
    private const string SharesFile = "class-shares.json";
    private const string CopiesFile = "copies.npz";
    private const float Spread = 40; // grey values

    private float[] _means = [];
    private float[]? _shares;
    private ImageSet? _copies;

    /// <inheritdoc/>
    public override bool IsConditional => classNames.Count > 0;

    /// <inheritdoc/>
    public override IReadOnlyList<float>? ClassShares => _shares;

    /// <summary>Of so many samples one is a copy.</summary>
    protected virtual int CopyEvery => 1;

    /// <summary>The shape of an image.</summary>
    protected ImageShape Shape => shape;

    /// <summary>Rows of the means: K, or 1 without classes.</summary>
    protected int Rows => Math.Max(1, classNames.Count);

    /// <inheritdoc/>
    public override ImageSet Sample(int count, ulong seed, int[]? labels = null)
    {
        if (IsConditional) labels ??= [.. Enumerable.Range(0, count).Select(i => i % Rows)];
        var random = new SplitMix64(Seed.Derive(seed, "sample"));
        var pixels = new byte[(long)count * shape.Length];
        var given = new int[Rows];
        for (var i = 0; i < count; i++)
        {
            var row = labels?[i] ?? 0;
            var image = pixels.AsSpan(i * shape.Length, shape.Length);
            var own = _copies is null || i % CopyEvery != 0 ? [] : CopiesOf(row, labels is not null);
            if (own.Length > 0)
            {
                _copies!.Image(own[given[row]++ % own.Length]).CopyTo(image);
                continue;
            }
            for (var j = 0; j < image.Length; j++)
                image[j] = (byte)Math.Clamp(_means[(row * shape.Length) + j] + (Spread * Distributions.NormalQuantile(random.NextPositiveFraction())), byte.MinValue, byte.MaxValue);
        }
        return new ImageSet(shape, pixels, labels, labels is null ? null : classNames);
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        using (new TensorScope()) new StateDictionary { { "means", Tensor.From(_means, Rows, shape.Length) } }.Save(Path.Combine(directory, MeansFile));
        if (_shares is not null) AtomicFile.WriteText(Path.Combine(directory, SharesFile), JsonText.Write(_shares));
        if (_copies is not null) NpzFile.Write(_copies, Path.Combine(directory, CopiesFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        using (new TensorScope()) _means = StateDictionary.Load(Path.Combine(directory, MeansFile))["means"].ToArray<float>();
        var (shares, copies) = (Path.Combine(directory, SharesFile), Path.Combine(directory, CopiesFile));
        _shares = File.Exists(shares) ? JsonText.Read<float[]>(shares) : null;
        _copies = File.Exists(copies) ? NpzFile.Read(copies).Train : null;
    }

    /// <summary>What such a method is.</summary>
    protected static MethodCard PlantedCard(string name, string guarantee) => new(name, Paper, "image", guarantee);

    /// <summary>What is drawn from.</summary>
    /// <param name="means">[K, P] mean grey values.</param>
    /// <param name="shares">[K] shares of the classes; null for none learnt.</param>
    /// <param name="copies">Records to give away as they are.</param>
    protected void Learn(float[] means, float[]? shares = null, ImageSet? copies = null) => (_means, _shares, _copies) = (means, shares, copies);

    /// <summary>[K, P] mean grey values of records.</summary>
    protected float[] MeansOf(ImageSet records)
    {
        var (means, counts) = (new float[Rows * shape.Length], new int[Rows]);
        for (var i = 0; i < records.Count; i++)
        {
            var row = records.Labels?[i] ?? 0;
            counts[row]++;
            var image = records.Image(i);
            for (var j = 0; j < image.Length; j++) means[(row * shape.Length) + j] += image[j];
        }
        for (var j = 0; j < means.Length; j++) means[j] /= Math.Max(1, counts[j / shape.Length]);
        return means;
    }

    private int[] CopiesOf(int row, bool hasClasses) => [.. Enumerable.Range(0, _copies!.Count).Where(i => !hasClasses || _copies.Labels![i] == row)];
}
