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
    private const int Probes = 2;

    private readonly string path;
    private readonly ScriptModule module;
    private readonly Device device = TorchRuntime.DefaultDevice;

    /// <summary>Loads a module. TorchScript is a program: load it from those you trust.</summary>
    /// <exception cref="InputException">There is no such file, or it is no TorchScript module.</exception>
    public ScriptFeatureExtractor(string path)
    {
        InputFile.ReadStart(path, 1); // a pipe would be waited on
        this.path = path;
        Name = Path.GetFileNameWithoutExtension(path);
        try
        {
            module = ScriptModule.Load(path);
        }
        catch (TorchException error)
        {
            throw new InputException($"{path}: no TorchScript module that libtorch {TorchRuntime.Version} reads; save one with torch.jit.trace(…).save(…)", error);
        }
        module.To(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Refuses a module that cannot give features of such images, by asking it for those of the first few.</summary>
    /// <exception cref="InputException">There is no such module, it does not take the images, or what it returns are no features.</exception>
    public static void Check(string path, ImageSet images)
    {
        using var extractor = new ScriptFeatureExtractor(path);
        extractor.Extract(images.Subset([.. Enumerable.Range(0, Math.Min(Probes, images.Count))]));
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The module does not take the images, or what it returns are no features.</exception>
    public FeatureMatrix Extract(ImageSet images)
    {
        using var data = new ImageTensors(images, PixelRange.Unit, device);
        using var noGrad = Autograd.NoGrad();
        var rows = new List<float>();
        for (var start = 0; start < images.Count; start += BatchSize)
        {
            using var scope = new TensorScope();
            rows.AddRange(Features(data.Images(start, Math.Min(BatchSize, images.Count - start))));
        }
        return new FeatureMatrix([.. rows], images.Count, Math.Max(1, rows.Count / Math.Max(1, images.Count)));
    }

    /// <inheritdoc/>
    public void Dispose() => module.Dispose();

    private float[] Features(Tensor x)
    {
        Tensor features;
        try
        {
            features = module.Forward(x);
        }
        catch (TorchException error)
        {
            var reason = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("");
            throw new InputException(
                $"{path}: the module does not take images of shape {Shown(x)} in [0, 1] and return one tensor ({reason}); wrap it so that it resizes and scales them", error);
        }
        if (features.Shape is not [var rows, ..] || rows != x.Shape[0] || features.Shape.Contains(0))
            throw new InputException($"{path}: the module returns shape {Shown(features)} for images of shape {Shown(x)}; it must return features for each image, [{x.Shape[0]}, D]");
        var values = features.To(DType.Float32).ToArray<float>();
        return Array.TrueForAll(values, float.IsFinite) ? values : throw new InputException($"{path}: the module returns features that are no finite numbers; mind the scale that it expects, images are given in [0, 1]");
    }

    private static string Shown(Tensor x) => $"[{string.Join(", ", x.Shape)}]";
}
