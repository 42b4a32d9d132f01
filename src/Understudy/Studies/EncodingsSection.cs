using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies;

/// <summary>What the codes of the study's autoencoders are worth, reconstruction, classifiers on codes, the samples of the Markov chain; and what the features of its discriminators tell of classes.</summary>
public sealed record EncodingsSection
{
    /// <summary>Members whose codes the support vector machines learn from, and whose features linear models do; all where there are fewer.</summary>
    [Range(10, 1_000_000)]
    public int TrainingCodes { get; init; } = 5000;

    /// <summary>Test images that are measured; all where there are fewer.</summary>
    [Range(10, 10_000_000)]
    public int TestImages { get; init; } = 10_000;

    /// <summary>Samples of the Parzen window and of the Fréchet distance at every step of the chain.</summary>
    [Range(10, 1_000_000)]
    public int Samples { get; init; } = 10_000;

    /// <summary>Test images whose likelihood is measured, and as many held-out ones that choose σ.</summary>
    [Range(10, 1_000_000)]
    public int ParzenImages { get; init; } = 1000;

    /// <summary>Steps of the Markov chain after each of which samples are measured.</summary>
    [Range(0, 1000)]
    public int MarkovSteps { get; init; } = 10;

    /// <summary>Pixels by which images are moved up, down, left and right to see whether codes survive.</summary>
    [Range(0, 4096)]
    public IReadOnlyList<int> Shifts { get; init; } = [4, 8];

    /// <summary>Classes told apart from a few codes of each; null leaves them out.</summary>
    public FewShotSection? FewShot { get; init; }

    /// <summary>Classifiers from few labels; null leaves them out.</summary>
    public LabelBudgetSection? Labels { get; init; }
}
