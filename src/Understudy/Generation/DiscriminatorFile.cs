using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;

namespace Understudy.Generation;

/// <summary>A discriminator in a folder.</summary>
internal static class DiscriminatorFile
{
    public const string Name = "discriminator.pt";

    public static void Write(Module discriminator, string directory)
    {
        Directory.CreateDirectory(directory);
        using var scope = new TensorScope();
        discriminator.State.Save(Path.Combine(directory, Name));
    }

    public static void Read(Module discriminator, string directory)
    {
        using var scope = new TensorScope();
        discriminator.Load(StateDictionary.Load(Path.Combine(directory, Name)));
    }
}
