using Understudy.Data;
using Understudy.Generation.Gan.Tricks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>A discriminator or critic that also shows the features its scores are linear in.</summary>
public sealed class FeatureDiscriminator : Module
{
    private const double Slope = 0.2;
    private const double Dropped = 0.3;

    private readonly Module trunk;
    private readonly Module head;

    private FeatureDiscriminator(Module trunk, Module head) => (this.trunk, this.head) = (AddModule("trunk", trunk), AddModule("head", head));

    private FeatureDiscriminator(Module trunk, long features, long outputs, int minibatchKernels, Func<WeightedModule, Module> layer)
    {
        this.trunk = AddModule("trunk", trunk);
        var last = layer(new Linear(features + minibatchKernels, outputs));
        head = AddModule("head", minibatchKernels == 0 ? last : new Sequential(new MinibatchDiscrimination(features, minibatchKernels), last));
    }

    /// <summary>DC-28, DC-32 or DC-64; see <see cref="DcDiscriminator"/>.</summary>
    /// <param name="shape">28×28, 32×32 or 64×64.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="outputs">1 for real or fake; K for a classifier.</param>
    /// <param name="normalized">Whether batch norm follows the convolutions but the first; a critic goes without.</param>
    /// <param name="tricks">Minibatch kernels and spectral norm, which takes the place of batch norm.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static FeatureDiscriminator Convolutional(ImageShape shape, int width, long outputs = 1, bool normalized = true, GanTricks? tricks = null)
    {
        tricks ??= new GanTricks();
        var layers = DcDiscriminator.Layers(shape, width, 0, normalized && !tricks.SpectralNorm, Layer(tricks));
        return new FeatureDiscriminator(new Sequential([.. layers]), DcDiscriminator.FeatureCount(shape, width), outputs, tricks.MinibatchKernels, Layer(tricks));
    }

    /// <summary>The same whose score is the mean of its features, with no weights between.</summary>
    /// <param name="shape">28×28, 32×32 or 64×64.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static FeatureDiscriminator WithoutHead(ImageShape shape, int width) =>
        new(new Sequential([.. DcDiscriminator.Layers(shape, width, 0, normalized: false, layer => layer)]), new FeatureMean());

    /// <summary>DC-3D-32; see <see cref="VolumeNetworks"/>.</summary>
    /// <param name="shape">A volume with sides of 17 to 32.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="normalized">Whether batch norm follows the convolutions but the first; a critic goes without.</param>
    /// <param name="tricks">Minibatch kernels and spectral norm, which takes the place of batch norm.</param>
    /// <exception cref="InputException">It is no such volume.</exception>
    public static FeatureDiscriminator Volumetric(ImageShape shape, int width, bool normalized = true, GanTricks? tricks = null)
    {
        tricks ??= new GanTricks();
        var layers = VolumeNetworks.DiscriminatorLayers(shape, width, normalized && !tricks.SpectralNorm, Layer(tricks));
        return new FeatureDiscriminator(new Sequential([.. layers]), VolumeNetworks.FeatureCount(width), 1, tricks.MinibatchKernels, Layer(tricks));
    }

    /// <summary>Fully connected, for images of any size: two hidden layers of 8f and 4f.</summary>
    /// <param name="shape">Any.</param>
    /// <param name="width">f.</param>
    /// <param name="outputs">1 for real or fake; K for a classifier.</param>
    /// <param name="dropout">Whether dropout follows the hidden layers; a critic goes without.</param>
    /// <param name="tricks">Minibatch kernels and spectral norm.</param>
    public static FeatureDiscriminator FullyConnected(ImageShape shape, int width, long outputs = 1, bool dropout = true, GanTricks? tricks = null)
    {
        tricks ??= new GanTricks();
        var layers = new List<Module> { new Flatten() };
        long inputs = shape.Length;
        foreach (var next in new[] { 8L * width, 4L * width })
        {
            layers.AddRange([Layer(tricks)(new Linear(inputs, next)), new LeakyReLU(Slope)]);
            if (dropout) layers.Add(new Dropout(Dropped));
            inputs = next;
        }
        return new FeatureDiscriminator(new Sequential([.. layers]), inputs, outputs, tricks.MinibatchKernels, Layer(tricks));
    }

    /// <summary>Scores, [B, outputs].</summary>
    public override Tensor Forward(Tensor x) => head.Forward(trunk.Forward(x));

    /// <summary>Features, [B, A], and scores, [B, outputs].</summary>
    public (Tensor Features, Tensor Scores) Judge(Tensor x)
    {
        var features = trunk.Forward(x);
        return (features, head.Forward(features));
    }

    private static Func<WeightedModule, Module> Layer(GanTricks tricks) => tricks.SpectralNorm ? layer => new SpectralNorm(layer) : layer => layer;

    /// <summary>[B, A] → [B, 1].</summary>
    private sealed class FeatureMean : Module
    {
        public override Tensor Forward(Tensor x) => x.Mean([1], keepDim: true);
    }
}
