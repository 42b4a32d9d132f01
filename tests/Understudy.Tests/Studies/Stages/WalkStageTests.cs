using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Stages;

/// <summary>A walk through images of which a patient has five, too small to mean anything.</summary>
public sealed class WalkStageTests
{
    private const int Patients = 24;

    [Fact]
    public void Several_images_of_a_patient_count_once_in_k_and_for_the_judge()
    {
        using var folder = new TempFolder();
        var noise = Images.Noise(5 * Patients, 1, 28, 28);
        int[] patients = [.. Enumerable.Range(0, noise.Count).Select(i => i / 5)];
        NpzFile.Write(new ImageSet(noise.Shape, noise.Pixels, [.. patients.Select(p => p % 2)], ["even", "odd"], [.. patients.Select(p => $"patient {p}")]), folder["data.npz"]);
        folder.Write("study.yaml", """
            name: patients
            data: { path: data.npz }
            splits: { members: 60, nonMembers: 20, reference: 20, test: 20 }
            methods: [ { name: acgan, steps: 2, batchSize: 8, width: 4, latentSize: 6, hidden: 8 } ]
            sampling: { count: 40 }
            classification: { network: cnn, steps: 2, batchSize: 16 }
            walk: { k: [3], images: 12, repeats: 2, points: 4, steps: 2, inversion: { iterations: 2, restarts: 1, correctionIterations: 0 }, identity: { steps: 2, batchSize: 8 } }
            """);
        var metrics = Run(folder);

        // 12 patients, 6 of each class: two groups of 3 a class. Images by themselves would make some nine groups a class.
        var means = NpzFile.Read(folder["run/sections/walk/release-k-same-k-3.npz"]).Train;
        Assert.InRange(means.Count, 2, 4);
        Assert.Null(means.Groups);
        var walk = Assert.Single(metrics.Sections, section => section.Id == "walk");
        Assert.Contains(walk.Paragraphs, paragraph => paragraph.Contains("by chance in 8.33 %", StringComparison.Ordinal)); // 1 of 12 patients, not of 60 images
        Assert.Contains(walk.Paragraphs, paragraph => paragraph.Contains("of the pixels lay outside [-1, 1]", StringComparison.Ordinal));
        // A class may collapse to one easy image: how much its images differ is among the figures of a method that draws classes.
        Assert.Contains(metrics.Methods["acgan"].Fidelity, metric => metric.Name == "within-class diversity");
    }

    private static StudyMetrics Run(TempFolder folder)
    {
        using var run = RunDirectory.Start(folder["run"], StudyFile.Read(folder["study.yaml"]), resume: false);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System);
        return pipeline.Run();
    }
}
