namespace Understudy.Torch.Modules;

/// <summary>Batch normalisation of [B, C, H, W].</summary>
/// <param name="channels">C.</param>
/// <param name="epsilon">ε, added to the variance.</param>
/// <param name="momentum">Weight of the newest batch in the running averages.</param>
public sealed class BatchNorm2d(long channels, double epsilon = 1e-5, double momentum = 0.1) : BatchNorm(2, channels, epsilon, momentum);
