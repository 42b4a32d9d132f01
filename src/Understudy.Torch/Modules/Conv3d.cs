namespace Understudy.Torch.Modules;

/// <summary>Convolution of [B, C, D, H, W]; a length l becomes ⌊(l + 2·padding - dilation·(kernel - 1) - 1)/stride⌋ + 1.</summary>
/// <param name="inputs">Channels of the input.</param>
/// <param name="outputs">Channels of the output.</param>
/// <param name="kernel">Length of the window.</param>
/// <param name="stride">Steps between the windows.</param>
/// <param name="padding">Zeros added on both sides.</param>
/// <param name="dilation">Steps between the elements of a window.</param>
/// <param name="groups">Groups of channels that do not mix.</param>
/// <param name="bias">Whether to add a bias.</param>
public sealed class Conv3d(long inputs, long outputs, long kernel, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = true)
    : Convolution(3, inputs, outputs, kernel, stride, padding, dilation, groups, bias);
