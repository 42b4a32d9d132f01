using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Script;
using Understudy.Training;

namespace Understudy.Generation.Evolution;

/// <summary>Asks a generator that was trained on public data: a variation has a latent vector nearby. A code is the vector, and the number of a public class if there are any.</summary>
/// <remarks>The generator's classes need not be those of the records: votes find which of its classes stand for which.</remarks>
public sealed class GeneratorApi : IVariationApi
{
    private const int RenderedAtATime = 256;

    private readonly string path;
    private readonly ScriptModule generator;
    private readonly ImageShape shape;
    private readonly int latentSize;
    private readonly int conditions;
    private readonly Device device = TorchRuntime.DefaultDevice;

    /// <summary>Loads a generator. TorchScript is a program: load it from those you trust.</summary>
    /// <param name="path">A TorchScript module: [B, nz + conditions] → [B, C, H, W] in [-1, 1].</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="latentSize">nz.</param>
    /// <param name="conditions">Public classes that it takes; 0 for none.</param>
    /// <exception cref="InputException">There is no such file, or it is no TorchScript module.</exception>
    public GeneratorApi(string path, ImageShape shape, int latentSize, int conditions)
    {
        (this.path, this.shape, this.latentSize, this.conditions) = (path, shape, latentSize, conditions);
        try
        {
            generator = ScriptModule.Load(path);
        }
        catch (Exception error) when (error is TorchException or FileNotFoundException)
        {
            throw new InputException($"{path}: no TorchScript module; give the generator.ts of a model trained on public data", error);
        }
        generator.To(device);
    }

    /// <inheritdoc/>
    public int CodeLength => latentSize + (conditions > 0 ? 1 : 0);

    /// <inheritdoc/>
    public float[] Random(int[] labels, ulong seed)
    {
        var codes = Normals(labels.Length, seed);
        if (conditions == 0) return codes;
        var random = new SplitMix64(Seed.Derive(seed, "conditions"));
        for (var i = latentSize; i < codes.Length; i += CodeLength) codes[i] = random.NextInt(conditions);
        return codes;
    }

    /// <inheritdoc/>
    public float[] Vary(float[] codes, int[] labels, double degree, ulong seed)
    {
        // √(1 - d²) z + d ε is normal, as z is.
        var (kept, varied) = ((float)Math.Sqrt(1 - (degree * degree)), Normals(labels.Length, seed));
        for (var i = 0; i < codes.Length; i++)
            varied[i] = i % CodeLength == latentSize ? codes[i] : (kept * codes[i]) + ((float)degree * varied[i]);
        return varied;
    }

    /// <inheritdoc/>
    public ImageSet Render(float[] codes, int[] labels)
    {
        using var noGrad = Autograd.NoGrad();
        var pixels = new List<byte>(labels.Length * shape.Length);
        for (var start = 0; start < labels.Length; start += RenderedAtATime)
        {
            using var scope = new TensorScope();
            var count = Math.Min(RenderedAtATime, labels.Length - start);
            var rows = Tensor.From(codes.AsSpan(start * CodeLength, count * CodeLength), count, CodeLength);
            var z = rows.Narrow(1, 0, latentSize);
            var input = conditions == 0 ? z : Tensor.Cat([z, rows.Select(1, latentSize).To(DType.Int64).OneHot(conditions).To(DType.Float32)], 1);
            pixels.AddRange(ImageTensors.ToPixels(Forward(input.To(device)), PixelRange.SignedUnit));
        }
        return new ImageSet(shape, [.. pixels]);
    }

    /// <inheritdoc/>
    public void Dispose() => generator.Dispose();

    private float[] Normals(int count, ulong seed)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(seed);
        return Tensor.RandN([count, CodeLength]).ToArray<float>();
    }

    private Tensor Forward(Tensor input)
    {
        try
        {
            var images = generator.Forward(input);
            if (images.Shape is [_, var c, var h, var w] && new ImageShape((int)c, (int)h, (int)w) == shape) return images;
            throw new InputException($"{path}: gives images of shape [{string.Join(", ", images.Shape[1..])}], and the records are {shape}");
        }
        catch (TorchException error)
        {
            throw new InputException($"{path}: the generator does not take {input.Size(1)} numbers; set 'latentSize' and 'conditions' to those that it was trained with", error);
        }
    }
}
