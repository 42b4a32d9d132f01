using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Script;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>Features from a TorchScript module: [B, C, H, W] in [-1, 1] → [B, D].</summary>
public sealed class ScriptFeatures : IFeatureExtractor, IDisposable
{
    private const int Batch = 256;
    private readonly ScriptModule module;
    private readonly Device device = TorchRuntime.DefaultDevice;

    /// <summary>Loads a module. TorchScript is a program: load it from those you trust.</summary>
    /// <exception cref="InputException">The file is no TorchScript module.</exception>
    public ScriptFeatures(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        try
        {
            module = ScriptModule.Load(path);
        }
        catch (TorchException exception)
        {
            throw new InputException($"{path} is no TorchScript module", exception);
        }
        module.To(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <exception cref="InputException">The module does not take such images, or returns something other than [B, D].</exception>
    public FeatureMatrix Extract(ImageSet images)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, device);
        using var noGrad = Autograd.NoGrad();
        var values = new List<float>();
        for (var start = 0; start < images.Count; start += Batch)
        {
            using var scope = new TensorScope();
            values.AddRange(Features(data.Images(start, Math.Min(Batch, images.Count - start))));
        }
        return new FeatureMatrix([.. values], images.Count, values.Count / images.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => module.Dispose();

    private float[] Features(Tensor batch)
    {
        Tensor features;
        try
        {
            features = module.Forward(batch).To(DType.Float32);
        }
        catch (TorchException exception)
        {
            throw new InputException($"the feature network {Name} does not take images of shape {batch.Size(1)}x{batch.Size(2)}x{batch.Size(3)}: {FirstLine(exception)}", exception);
        }
        return features.Shape.Length == 2 && features.Size(0) == batch.Size(0)
            ? features.ToArray<float>()
            : throw new InputException($"the feature network {Name} returns [{string.Join(", ", features.Shape)}]; it must return one feature vector an image, [B, D]");
    }

    private static string FirstLine(TorchException exception) => exception.Message.Trim().Split('\n')[0];
}
