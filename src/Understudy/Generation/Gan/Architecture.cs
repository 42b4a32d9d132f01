namespace Understudy.Generation.Gan;

/// <summary>Which networks a GAN is made of.</summary>
public enum Architecture
{
    /// <summary>DCGAN's, for 28×28, 32×32 or 64×64.</summary>
    Convolutional,

    /// <summary>Linear layers, for any size.</summary>
    FullyConnected,

    /// <summary>Convolutions of volumes, for sides of 17 to 32.</summary>
    Volumetric,
}
