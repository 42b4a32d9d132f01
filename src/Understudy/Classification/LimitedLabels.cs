using Understudy.Data;
using Understudy.Generation.Denoising;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>What few labels are worth to classifiers that may, or may not, learn from images without labels as well.</summary>
/// <remarks>The comparison of Creswell, Pouplin, Bharath, 2018, 1801.00693: the second of two classes is the one to find.</remarks>
public static class LimitedLabels
{
    /// <summary>The options that turn a semi-supervised denoising adversarial autoencoder into one of the methods it is compared with.</summary>
    /// <param name="options">Its own options.</param>
    /// <param name="method">The method.</param>
    public static SsDaaeOptions OptionsOf(SsDaaeOptions options, LimitedLabelMethod method) => method switch
    {
        LimitedLabelMethod.Cnn => options with { Sigma = 0, ReconstructionWeight = 0, CodeWeight = 0, LabelWeight = 0 },
        LimitedLabelMethod.Ae => options with { Sigma = 0, CodeWeight = 0, LabelWeight = 0 },
        LimitedLabelMethod.Dae => options with { CodeWeight = 0, LabelWeight = 0 },
        LimitedLabelMethod.Aae => options with { Sigma = 0 },
        _ => options,
    };

    /// <summary>Trains a method on some labels and measures it. The encoder that is best on held-out images is measured.</summary>
    /// <param name="method">The method.</param>
    /// <param name="labels">How many labels it may use; 0 for all. Those of fewer labels are among those of more, and the same for every method.</param>
    /// <param name="options">The options of the semi-supervised denoising adversarial autoencoder.</param>
    /// <param name="members">Images to learn from.</param>
    /// <param name="heldOut">Labelled images, others than these, that choose the encoder and the thresholds.</param>
    /// <param name="test">Labelled images to measure on.</param>
    /// <param name="context">Where and how it trains; the seed chooses the labelled images too.</param>
    /// <exception cref="InputException">There are not two classes, or a class is missing from one of the sets.</exception>
    public static LimitedLabelResult Measure(
        LimitedLabelMethod method, int labels, SsDaaeOptions options, ImageSet members, ImageSet heldOut, ImageSet test, FitContext context)
    {
        if (members.ClassCount != 2) throw new InputException($"labels are counted for two classes, and the data have {members.ClassCount}; name data with two");
        using var model = new SsDaae(OptionsOf(options with { Labels = labels }, method), members.Shape, members.ClassNames);
        model.Train(members, context, (heldOut, probabilities => Curve(probabilities, heldOut.Labels!).Auc));
        var validation = Curve(model.Probabilities(heldOut), heldOut.Labels!);
        var (positives, negatives) = Scores(model.Probabilities(test), test.Labels!);
        var curve = RocCurve.FromScores(positives, negatives);
        return new LimitedLabelResult(
            curve.Auc,
            PrecisionRecall.Area(curve),
            [.. SpecificityAtSensitivity.Usual.Select(sensitivity => SpecificityAtSensitivity.Measure(validation, positives, negatives, sensitivity).Value)],
            (double)positives.Length / test.Count);
    }

    private static RocCurve Curve(float[] probabilities, int[] labels)
    {
        var (positives, negatives) = Scores(probabilities, labels);
        return RocCurve.FromScores(positives, negatives);
    }

    private static (double[] Positives, double[] Negatives) Scores(float[] probabilities, int[] labels)
    {
        var scores = labels.Index().ToLookup(record => record.Item == 1, record => (double)probabilities[2 * record.Index + 1]);
        return ([.. scores[true]], [.. scores[false]]);
    }
}
