using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Translation;

/// <summary>Features of images that need no labels: those by which a network tells how far an image has been turned.</summary>
/// <remarks>Gidaris, Singh, Komodakis, ICLR 2018, 1803.07728, in place of the VGG network that super-resolution usually compares images with.</remarks>
internal static class RotationFeatures
{
    private const int Turns = 4;
    private const double LearningRate = 1e-3;

    /// <summary>The network, not trained: [B, C, H, W] → features and logits of the four turns.</summary>
    public static FeatureDiscriminator Build(ImageShape shape, int width) => FeatureDiscriminator.Convolutional(shape, width, outputs: Turns);

    /// <summary>Trains it, and leaves it in evaluation mode without gradients of its own.</summary>
    public static void Train(FeatureDiscriminator network, ImageTensors data, BatchSampler sampler, int steps, ulong seed)
    {
        using var optimizer = new Adam(network.Parameters, LearningRate);
        for (var step = 0; step < steps; step++)
        {
            using var scope = new TensorScope();
            TorchRuntime.ManualSeed(Seed.Derive(seed, "rotations", step));
            var x = data.Batch(sampler.Batch(step)).Images;
            var turned = Tensor.Cat([.. Enumerable.Range(0, Turns).Select(turns => Turn(x, turns))]); // [4B, C, H, W]
            var labels = Tensor.From([.. Enumerable.Range(0, Turns).SelectMany(turns => Enumerable.Repeat((long)turns, (int)x.Size(0)))]).To(x.Device);
            optimizer.ZeroGrad();
            F.CrossEntropy(network.Forward(turned), labels).Backward();
            optimizer.Step();
        }
        network.Eval();
        network.Freeze();
    }

    /// <summary>Images turned by so many quarters; H = W.</summary>
    internal static Tensor Turn(Tensor x, int quarters) => quarters switch
    {
        1 => x.Transpose(2, 3).Flip(3),
        2 => x.Flip(2, 3),
        3 => x.Transpose(2, 3).Flip(2),
        _ => x,
    };
}
