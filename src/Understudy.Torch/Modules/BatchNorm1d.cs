namespace Understudy.Torch.Modules;

/// <summary>Batch normalisation of [B, C] or [B, C, L].</summary>
/// <param name="channels">C.</param>
/// <param name="epsilon">ε, added to the variance.</param>
/// <param name="momentum">Weight of the newest batch in the running averages.</param>
public sealed class BatchNorm1d(long channels, double epsilon = 1e-5, double momentum = 0.1) : BatchNorm(1, channels, epsilon, momentum);
