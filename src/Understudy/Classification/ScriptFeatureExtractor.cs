using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Script;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>A TorchScript module, frozen, as the feature network: [B, C, H, W] in [0, 1] → [B, D].</summary>
public sealed class ScriptFeatureExtractor : IFeatureExtractor, IDisposable
{
    private const int BatchSize = 256;

    private readonly string path;
    private readonly ScriptModule module;
    private readonly Device device = TorchRuntime.DefaultDevice;

    /// <summary>Loads a module. TorchScript is a program: load it from those you trust.</summary>
    /// <exception cref="InputException">There is no such file, or it is no TorchScript module.</exception>
    public ScriptFeatureExtractor(string path)
    {
        this.path = path;
        Name = Path.GetFileNameWithoutExtension(path);
        try
        {
            module = ScriptModule.Load(path);
        }
        catch (Exception error) when (error is TorchException or FileNotFoundException)
        {
            throw new InputException($"{path}: no TorchScript module; save one with torch.jit.trace(…).save(…)", error);
        }
        module.To(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public FeatureMatrix Extract(ImageSet images)
    {
        using var data = new ImageTensors(images, PixelRange.Unit, device);
        using var noGrad = Autograd.NoGrad();
        var rows = new List<float>();
        for (var start = 0; start < images.Count; start += BatchSize)
        {
            using var scope = new TensorScope();
            rows.AddRange(Features(data.Images(start, Math.Min(BatchSize, images.Count - start))).Flatten(1).To(DType.Float32).ToArray<float>());
        }
        return new FeatureMatrix([.. rows], images.Count, rows.Count / Math.Max(1, images.Count));
    }

    /// <inheritdoc/>
    public void Dispose() => module.Dispose();

    private Tensor Features(Tensor x)
    {
        try
        {
            return module.Forward(x);
        }
        catch (TorchException error)
        {
            throw new InputException($"{path}: the module does not take images of shape [{string.Join(", ", x.Shape)}] in [0, 1]; wrap it so that it resizes and scales them", error);
        }
    }
}
