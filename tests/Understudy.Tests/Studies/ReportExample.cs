using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Privacy;
using Understudy.Studies;
using Understudy.Training.Private;

namespace Understudy.Tests.Studies;

/// <summary>Made-up figures of a run with two methods, for tests of what is shown.</summary>
internal static class ReportExample
{
    /// <summary>A grey pixel.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    public static ReportSection Section { get; } = new(
        "walk",
        "Walks <through> the latent space",
        ["Each walk starts at a centroid."],
        [new ReportTable("walks", "Task accuracy along each walk.", ["Walk", "Accuracy", "Of"], [["linear", new ReportCell(0.8125, new Interval(0.7, 0.9)), "a note"], ["plan", double.NaN, 2]])],
        [new ReportPicture("strip.png", "A walk of the example", "Images along a walk")]);

    public static StudyMetrics Metrics(string name = "chest-x-rays") => new(
        name,
        7,
        new DataSummary("1x28x28", ["normal", "pneumonia"], 2825, 942, 941, 624),
        new Dictionary<string, BaselineMetrics>
        {
            ["real"] = new("real images", Utility(0.853, 0.03), [new Metric("FID[cnn]", 1.31)]),
            ["dp-sgd"] = new("real, dp-sgd (ε = 2.5)", Utility(0.811, 0.03), [], Certificate()),
        },
        new Dictionary<string, MethodMetrics>
        {
            ["acgan"] = Method("acgan", Utility(0.781, 0.03), 0.531),
            ["infogan"] = Method("infogan", [new Metric("balanced accuracy", double.NaN, Note: "utility not measured: samples carry no labels")], 0.507),
            ["cgan"] = Method("cgan", Utility(0.842, 0.03), 0.56),
        },
        [
            new UnaccountedRead("acgan", "2825 members with their labels, to train", "samples, model, losses"),
            new UnaccountedRead("classification", "test split, to measure utility", "metrics.json, this report"),
        ],
        [Section]);

    public static ReportData Data(string name = "chest-x-rays") => new(
        Metrics(name),
        Verdict.Of(Metrics(name)),
        [
            new ReportImage("samples", "Real images of the test split", "A grid of real images", Png),
            new ReportImage("samples", "acgan", "A grid of synthetic images", Png),
            new ReportImage("traversals", "infogan, continuous code 1", "A grid of synthetic images", Png),
            new ReportImage("walk", "A walk of the example", "Images along a walk", Png),
        ],
        new Dictionary<string, LossCurves>
        {
            ["acgan"] = new(["generator", "discriminator"], [.. Enumerable.Range(1, 60).Select(i => new[] { 10.0 * i, 1 + Math.Sin(i / 7.0), 0.7 + 1.0 / i })]),
        },
        new Dictionary<string, IReadOnlyDictionary<string, double[][]>> { ["acgan"] = Roc(0.2), ["cgan"] = Roc(0.35), ["infogan"] = Roc(0) },
        new Dictionary<string, IReadOnlyDictionary<string, double>> { ["acgan"] = new Dictionary<string, double> { ["generation"] = 41.2, ["sampling"] = 0.8 } },
        new RunEnvironment("0.1.0", "e481893", ".NET 10.0.1", "1.13.1", "Debian GNU/Linux 12", "X64", "cpu", 2, 2),
        "name: chest-x-rays\nseed: 7\n",
        new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero));

    private static PrivacyCertificate Certificate() => new(
        2.4975,
        2.491,
        1e-5,
        NeighbouringRelation.AddOrRemoveOne,
        "image",
        "privacy loss distribution",
        [new PrivacyPlan("DP-SGD on the classifier, gradients clipped", "classifier", 2825, 0.18, 2.1, 0.1, 300, 300)],
        [300],
        [[150, 1.7], [300, 2.4975]],
        "a cipher",
        ["number of records: 2825"]);

    private static Dictionary<string, double[][]> Roc(double gain) => new Dictionary<string, double[][]>
    {
        ["gan-leaks"] = Curve(gain / 2),
        ["gan-leaks-calibrated"] = Curve(gain),
    };

    private static double[][] Curve(double gain) =>
        [.. Enumerable.Range(0, 201).Select(i => i / 200.0).Select(fpr => new[] { fpr, Math.Pow(fpr, 1 / (1 + gain)) })];

    private static Metric[] Utility(double value, double margin) =>
    [
        new("accuracy", value, new Interval(value - margin, value + margin)),
        new("balanced accuracy", value - 0.02, new Interval(value - 0.02 - margin, value - 0.02 + margin)),
        new("macro AUC", value + 0.05, new Interval(value + 0.03, value + 0.07)),
    ];

    private static MethodMetrics Method(string name, Metric[] utility, double auc) => new(
        new MethodCard(name, "Odena, Olah, Shlens: Conditional Image Synthesis with Auxiliary Classifier GANs, ICML 2017, arXiv 1610.09585", "image", "none"),
        2825,
        utility.Length > 1,
        utility,
        [new Metric("FID[cnn]", 41.27), new Metric("KID[cnn]", 0.0213, new Interval(0.018, 0.025)), new Metric("precision[cnn]", 0.71), new Metric("recall[cnn]", 0.32)],
        [new Metric("share nearer to members", 0.512, new Interval(0.49, 0.534), "0.5 is ideal")],
        [Attack("gan-leaks", 0.5 + (auc - 0.5) / 2), Attack("gan-leaks-calibrated", auc)]);

    private static AttackSummary Attack(string name, double auc) => new(
        name,
        "Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020, arXiv 1909.03935",
        "-min over g in S of d(x, g)",
        942,
        942,
        [
            new Metric("AUC", auc, new Interval(auc - 0.022, auc + 0.022)),
            new Metric("TPR at 1 % FPR", 0.013, new Interval(0.009, 0.018)),
            new Metric("TPR at 0.1 % FPR", double.NaN, Note: "not measurable with 942 non-members"),
            new Metric("balanced accuracy", 0.531, Note: "largest over thresholds, so a little too large"),
        ],
        ["3 members and 2 non-members are equal images and were left out"]);
}
