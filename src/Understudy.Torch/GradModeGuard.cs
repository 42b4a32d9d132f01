using Understudy.Torch.Native;

namespace Understudy.Torch;

/// <summary>Restores the thread's recording mode when disposed of.</summary>
public readonly ref struct GradModeGuard
{
    private readonly int previous;

    internal GradModeGuard(bool enabled)
    {
        previous = NativeMethods.us_grad_mode_get();
        NativeMethods.us_grad_mode_set(enabled ? 1 : 0);
    }

    /// <summary>Restores the mode.</summary>
    public void Dispose() => NativeMethods.us_grad_mode_set(previous);
}
