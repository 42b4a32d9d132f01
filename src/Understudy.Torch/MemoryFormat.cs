namespace Understudy.Torch;

/// <summary>The order in which a tensor's elements lie in memory, numbered as libtorch numbers them.</summary>
public enum MemoryFormat
{
    /// <summary>Row-major: [N, C, H, W] lies as N, C, H, W.</summary>
    Contiguous = 0,
    /// <summary>Whatever the source has.</summary>
    Preserve = 1,
    /// <summary>[N, C, H, W] lies as N, H, W, C.</summary>
    ChannelsLast = 2,
}
