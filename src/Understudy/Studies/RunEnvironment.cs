using System.Reflection;
using System.Runtime.InteropServices;
using Understudy.Torch;

namespace Understudy.Studies;

/// <summary>What a run ran on: whoever repeats it can tell what may differ.</summary>
/// <param name="Understudy">Version of the program.</param>
/// <param name="Commit">Commit of the source tree, where there is one.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Torch">Version of libtorch.</param>
/// <param name="System">Operating system.</param>
/// <param name="Architecture">Kind of processor.</param>
/// <param name="Device">Where tensors live.</param>
/// <param name="Cores">Processor cores that the process may use.</param>
/// <param name="Threads">Threads that one tensor operation may use.</param>
public sealed record RunEnvironment(string Understudy, string? Commit, string Runtime, string Torch, string System, string Architecture, string Device, int Cores, int Threads)
{
    /// <summary>Describes this process.</summary>
    public static RunEnvironment Describe()
    {
        var version = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
        return new RunEnvironment(
            version[0],
            version.Length > 1 ? version[1] : null,
            RuntimeInformation.FrameworkDescription,
            TorchRuntime.Version,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString(),
            "cpu",
            Environment.ProcessorCount,
            TorchRuntime.Threads);
    }
}
