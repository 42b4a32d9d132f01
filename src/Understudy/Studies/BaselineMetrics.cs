using Understudy.Metrics;

namespace Understudy.Studies;

/// <summary>What a classifier trained on private data reaches.</summary>
/// <param name="Title">What tables and charts call it.</param>
/// <param name="Utility">Figures on the test split.</param>
/// <param name="Fidelity">How like one another two parts of the real data are: what the best samples would reach; empty but for <c>real</c>.</param>
/// <param name="Certificate">What is guaranteed of the classifier; null where nothing is.</param>
public sealed record BaselineMetrics(string Title, IReadOnlyList<Metric> Utility, IReadOnlyList<Metric> Fidelity, PrivacyCertificate? Certificate = null)
{
    /// <summary>What tables and charts call the classifier trained on real images without protection.</summary>
    public const string RealTitle = "real images";
}
