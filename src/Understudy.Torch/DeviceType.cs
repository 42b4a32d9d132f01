namespace Understudy.Torch;

/// <summary>Kinds of device, numbered as libtorch numbers them.</summary>
public enum DeviceType
{
    /// <summary>Main memory and its cores.</summary>
    Cpu = 0,
    /// <summary>An NVIDIA accelerator.</summary>
    Cuda = 1,
}
