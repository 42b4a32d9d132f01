using Understudy.Classification;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Script;

namespace Understudy.Tests.Classification;

public sealed class ScriptFeatureExtractorTests
{
    [Fact]
    public void A_module_s_features_are_those_it_computes_from_pixels_in_the_unit_interval()
    {
        using var folder = new TempFolder();
        var images = Images.Noise(300, 1, 4, 4);
        using (var scope = new TensorScope())
        {
            using var pixels = new Flatten();
            ScriptExport.Save(pixels, Tensor.Zeros([2, 1, 4, 4]), folder["pixels.ts"]);
        }
        using var extractor = new ScriptFeatureExtractor(folder["pixels.ts"]);
        var features = extractor.Extract(images);
        Assert.Equal(("pixels", 300, 16), (extractor.Name, features.Count, features.Dimension));
        Assert.Equal(images.Pixels.Select(p => p / 255f), features.Values);
    }

    [Fact]
    public void What_is_no_module_or_does_not_fit_is_wrong_input()
    {
        using var folder = new TempFolder();
        Assert.Contains("there is no such file", Images.InputError(() => Open(folder["absent.ts"])), StringComparison.Ordinal);
        Assert.Contains("no TorchScript module", Images.InputError(() => Open(folder.Write("text.ts", "hello"))), StringComparison.Ordinal);

        using (var scope = new TensorScope())
        {
            using var linear = new Linear(3, 2);
            ScriptExport.Save(linear, Tensor.Zeros([2, 3]), folder["linear.ts"]);
        }
        using var extractor = new ScriptFeatureExtractor(folder["linear.ts"]);
        Assert.Contains("[4, 1, 4, 4]", Images.InputError(() => extractor.Extract(Images.Noise(4, 1, 4, 4))), StringComparison.Ordinal);
        Assert.Contains("[2, 1, 4, 4]", Images.InputError(() => ScriptFeatureExtractor.Check(folder["linear.ts"], Images.Noise(300, 1, 4, 4))), StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_are_none_are_told_with_the_module()
    {
        using var folder = new TempFolder();
        var images = Images.Noise(3, 1, 4, 4);
        Export(new Made(x => x.Flatten(0)), "flat.ts");
        Export(new Made(x => (x.Flatten(1) - 2).Log()), "nan.ts");
        Export(new Made(x => x.Mean([1, 2, 3])), "means.ts");

        Assert.Equal(
            $"{folder["flat.ts"]}: the module returns shape [48] for images of shape [3, 1, 4, 4]; it must return features for each image, [3, D]",
            Images.InputError(() => Extract("flat.ts")));
        Assert.StartsWith($"{folder["nan.ts"]}: the module returns features that are no finite numbers", Images.InputError(() => Extract("nan.ts")), StringComparison.Ordinal);
        Assert.Equal((3, 1), Extract("means.ts") is var features ? (features.Count, features.Dimension) : default);

        void Export(Module module, string name)
        {
            using var scope = new TensorScope();
            using (module) ScriptExport.Save(module, Tensor.Zeros([2, 1, 4, 4]), folder[name]);
        }

        FeatureMatrix Extract(string name)
        {
            using var extractor = new ScriptFeatureExtractor(folder[name]);
            return extractor.Extract(images);
        }
    }

    private sealed class Made(Func<Tensor, Tensor> forward) : Module
    {
        public override Tensor Forward(Tensor x) => forward(x);
    }

    private static void Open(string path)
    {
        using var extractor = new ScriptFeatureExtractor(path);
    }
}
