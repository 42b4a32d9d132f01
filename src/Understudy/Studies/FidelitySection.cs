namespace Understudy.Studies;

/// <summary>In which features fidelity is measured.</summary>
public sealed record FidelitySection
{
    /// <summary>
    /// <c>cnn</c> for the classifier trained on the members, or the path of a TorchScript module that takes images in [0, 1] and returns a
    /// feature vector for each; in a file relative to that file, here absolute.
    /// </summary>
    public string Features { get; init; } = Cnn;

    /// <summary>Whether the features come from the classifier trained on the members.</summary>
    internal bool AreTrained => Features == Cnn;

    private const string Cnn = "cnn";
}
