using Understudy.Classification;
using Understudy.Data;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Tells which samples look like their class to a classifier that has seen nothing private.</summary>
internal sealed class SampleJudge : IDisposable
{
    private readonly Func<ImageSet, float[]> _probabilities;
    private readonly IDisposable _owned;

    private SampleJudge(Func<ImageSet, float[]> probabilities, IDisposable owned) => (_probabilities, _owned) = (probabilities, owned);

    /// <summary>A network trained on public data.</summary>
    public static SampleJudge Load(string path)
    {
        var network = new ScriptFeatureExtractor(path);
        return new SampleJudge(images => Softmax(network.Extract(images).Values, images.Count), network);
    }

    /// <summary>A classifier trained on samples.</summary>
    public static SampleJudge Train(ImageSet samples, ClassifierOptions options, FitContext context)
    {
        var classifier = DownstreamClassifier.Train("judge", samples, options, context);
        return new SampleJudge(classifier.Probabilities, classifier);
    }

    /// <summary>The places of the samples whose class has at least that probability.</summary>
    public int[] Keep(ImageSet samples, double probability)
    {
        if (samples.Count == 0) return [];
        var answers = _probabilities(samples);
        var classes = answers.Length / samples.Count;
        if (classes != samples.ClassCount) throw new InputException($"the classifier that rejects samples knows {classes} classes, and the data have {samples.ClassCount}; name another in 'rejection'");
        return [.. Enumerable.Range(0, samples.Count).Where(i => answers[(i * classes) + samples.Labels![i]] >= probability)];
    }

    public void Dispose() => _owned.Dispose();

    private static float[] Softmax(float[] logits, int count)
    {
        var answers = new float[logits.Length];
        var classes = logits.Length / Math.Max(1, count);
        for (var i = 0; i < count; i++)
            System.Numerics.Tensors.TensorPrimitives.SoftMax<float>(logits.AsSpan(i * classes, classes), answers.AsSpan(i * classes, classes));
        return answers;
    }
}
