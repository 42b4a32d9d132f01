namespace Understudy.Studies;

/// <summary>In which features fidelity is measured.</summary>
public sealed record FidelitySection
{
    /// <summary><c>cnn</c> for a network trained on the members, or the path of a TorchScript module; in a file relative to that file, here absolute.</summary>
    public string Features { get; init; } = Cnn;

    /// <summary>The network trained on the members.</summary>
    internal const string Cnn = "cnn";
}
