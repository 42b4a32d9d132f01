namespace Understudy.Classification;

/// <summary>The numbers of a residual network with three stages, each at half the resolution of the one before.</summary>
/// <param name="Stem">Channels of the first convolution.</param>
/// <param name="StemStride">Its stride.</param>
/// <param name="Widths">Channels that each stage gives.</param>
/// <param name="Blocks">Blocks in a stage.</param>
/// <param name="Inner">Channels between the 1×1 convolutions of a bottleneck, as a multiple of what its stage gives; 0 for blocks of two 3×3 convolutions.</param>
/// <param name="Cardinality">Groups of the 3×3 convolutions.</param>
/// <param name="DropProbability">Dropout between the convolutions of a block, with batch norm.</param>
public sealed record ResidualLayout(int Stem, int StemStride, IReadOnlyList<int> Widths, int Blocks, double Inner, int Cardinality, double DropProbability)
{
    /// <summary>ResNet-14; published: ResNet-164 (He, Zhang, Ren, Sun, ECCV 2016, 1603.05027).</summary>
    public static ResidualLayout ResNet(NetworkSize size) => size == NetworkSize.Small
        ? new(16, 2, [16, 32, 64], 2, 0, 1, 0)
        : new(16, 1, [64, 128, 256], 18, 0.25, 1, 0);

    /// <summary>WRN-10-2; published: WRN-28-10 with dropout (Zagoruyko, Komodakis, BMVC 2016, 1605.07146).</summary>
    public static ResidualLayout WideResNet(NetworkSize size) => size == NetworkSize.Small
        ? new(16, 2, [32, 64, 128], 1, 0, 1, 0.3)
        : new(16, 1, [160, 320, 640], 4, 0, 1, 0.3);

    /// <summary>8 groups in 3 blocks; published: ResNeXt-29, 8×64d (Xie, Girshick, Dollár, Tu, He, CVPR 2017, 1611.05431).</summary>
    public static ResidualLayout ResNeXt(NetworkSize size) => size == NetworkSize.Small
        ? new(16, 2, [64, 128, 256], 1, 0.5, 8, 0)
        : new(64, 1, [256, 512, 1024], 3, 2, 8, 0);
}
