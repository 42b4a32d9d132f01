using Understudy.Attacks;
using Understudy.Attacks.Classifiers;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Measures releases: what a classifier learns from them, and what they tell of members.</summary>
internal sealed class WalkMeasurement : IDisposable
{
    private readonly StageContext context;
    private readonly WalkSection section;
    private readonly string folder;
    private readonly PerceptualFeatures perceptual;
    private readonly DownstreamClassifier network;
    private readonly IdentityClassifier judge;
    private readonly ImageSet members; // as many as there are held-out images: a record is nearer to a larger set
    private readonly ImageSet heldOut;
    private readonly FeatureMatrix allMembers;
    private readonly FeatureMatrix someMembers;
    private readonly FeatureMatrix heldOutFeatures;
    private readonly int[] identities;

    public WalkMeasurement(StageContext context, WalkSection section, string folder, IProgress<StageProgress> progress)
    {
        (this.context, this.section, this.folder) = (context, section, folder);
        var seed = context.Study.Seed;
        perceptual = PerceptualFeatures.Train("autoencoder", context.Splits.Reference, Fit("perceptual", seed, progress));
        judge = IdentityClassifier.Train(context.Splits.Members, IdentityNetwork.Plain, section.Identity, Fit("judge", Seed.Derive(seed, "judge"), progress));
        network = ClassificationStage.Baseline(context, progress);
        var count = Math.Min(context.Splits.Members.Count, context.Splits.NonMembers.Count);
        members = Some(context.Splits.Members, count);
        heldOut = Some(context.Splits.NonMembers, count);
        allMembers = perceptual.Extract(context.Splits.Members);
        someMembers = perceptual.Extract(members);
        heldOutFeatures = perceptual.Extract(heldOut);
        identities = IdentityClassifier.Identities(context.Splits.Members);
    }

    /// <summary>Mean least distance from held-out real images to members: what two sets of real images are apart.</summary>
    public double HeldOutToMembers => PerceptualFeatures.MeanMinimum(heldOutFeatures, someMembers);

    /// <summary>Share of the members that the judge knows.</summary>
    public double JudgeAccuracy => judge.TrainingAccuracy;

    /// <summary>N of the identity classifiers.</summary>
    public int Identities => judge.Count;

    /// <summary>Distance of each image to the closest member.</summary>
    public double[] ToMembers(ImageSet images) => NearestNeighbours.Find(perceptual.Extract(images), allMembers).SquaredDistances;

    /// <summary>Measures one release.</summary>
    public ReleaseFigures Measure(string name, ImageSet release, IProgress<StageProgress> progress)
    {
        var repeats = Enumerable.Range(0, section.Repeats).Select(repeat => Attacked(name, release, repeat, progress)).ToArray();
        var features = perceptual.Extract(release);
        var isReal = name == WalkReleases.Real;
        return new ReleaseFigures(
            release.Count,
            Array.ConvertAll(repeats, repeat => repeat.Accuracy),
            Array.ConvertAll(repeats, repeat => repeat.AttackAccuracy),
            Array.ConvertAll(repeats, repeat => repeat.Auc),
            Array.ConvertAll(repeats, repeat => repeat.LowFpr),
            isReal ? null : AttackEvaluation.Run(new GanLeaks(), new AttackData(release, members, heldOut), new AttackSettings { Seed = context.Study.Seed }).Auc,
            FrechetDistance.Measure(network.Extract(context.Splits.NonMembers), network.Extract(release), network.Name),
            PerceptualFeatures.MeanMinimum(features, isReal ? allMembers : someMembers),
            PerceptualFeatures.MeanMinimum(features, heldOutFeatures),
            Recognised(release, features));
    }

    public void Dispose()
    {
        perceptual.Dispose();
        judge.Dispose();
        network.Dispose();
    }

    private (double Accuracy, double AttackAccuracy, double Auc, double LowFpr) Attacked(string name, ImageSet release, int repeat, IProgress<StageProgress> progress)
    {
        var seed = Seed.Derive(context.Study.Seed, name, repeat);
        using var classifier = DownstreamClassifier.Train(name, release, context.Study.Classification, Fit(Path.Combine("classifiers", $"{name.Replace(' ', '-')}-{repeat}"), seed, progress));
        var achieved = classifier.Evaluate(context.Splits.Test, seed).Report.Metrics.First(metric => metric.Name == "accuracy").Value;
        double[] inside = Confidence.NegativeLoss(classifier.Probabilities(members), members.Labels), outside = Confidence.NegativeLoss(classifier.Probabilities(heldOut), heldOut.Labels);
        var curve = RocCurve.FromScores(inside, outside);
        const double lowRate = 0.01;
        return (achieved, HeldOutAccuracy.Measure(inside, outside, seed).Value, curve.Auc, outside.Length * lowRate >= 1 ? curve.At(lowRate).TruePositiveRate : double.NaN);
    }

    private Metric Recognised(ImageSet release, FeatureMatrix features)
    {
        var nearest = NearestNeighbours.Find(features, allMembers).Indices;
        var named = judge.Recognise(release);
        var right = nearest.Zip(named).Count(pair => identities[pair.First] == pair.Second);
        return new Metric("recognised", (double)right / release.Count, Wilson.TwoSided(right, release.Count));
    }

    private ImageSet Some(ImageSet images, int count) => images.Count == count
        ? images
        : images.Subset(new SplitMix64(Seed.Derive(context.Study.Seed, "measured")).Pick([.. Enumerable.Range(0, images.Count)], count));

    private FitContext Fit(string name, ulong seed, IProgress<StageProgress> progress) =>
        new(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, seed, progress, context.Cancellation);
}
