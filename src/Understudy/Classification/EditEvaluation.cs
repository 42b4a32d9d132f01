using Understudy.Classification.Probes;
using Understudy.Data;
using Understudy.Data.Attributes;
using Understudy.Generation.Attributes;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>Measures edits of an attribute: whether they succeed, what they keep, and what codes and edited images still say of it.</summary>
/// <remarks>The protocol of Creswell et al., 2017, 1711.05175, with attackers trained anew in the place of the adversary, and edits that change the image counted apart.</remarks>
/// <param name="members">What models learn from.</param>
/// <param name="test">What they are measured on.</param>
/// <param name="attribute">The attribute, if it is one that can be given to images; otherwise null.</param>
/// <param name="plainTest">The test images without that attribute; used only where it can be given.</param>
public sealed class EditEvaluation(AttributedSet members, AttributedSet test, ControlledAttribute? attribute, ImageSet plainTest) : IDisposable
{
    private DownstreamClassifier? judge;
    private DownstreamClassifier? classifier;

    /// <summary>Trains the judge of the attribute, and the classifier of the classes if there are any, on real images.</summary>
    /// <param name="options">Their training.</param>
    /// <param name="folder">A folder for each is made in it.</param>
    /// <param name="seed">Of their weights.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public void Train(ClassifierOptions options, string folder, ulong seed, CancellationToken cancellation)
    {
        judge = Classifier("judge", members.ByValue, options, folder, seed, cancellation);
        if (members.Images.Labels is not null) classifier = Classifier("classes", members.Images, options, folder, seed, cancellation);
    }

    /// <summary>Measures a model.</summary>
    /// <param name="model">Trained on the members.</param>
    /// <param name="options">The training of the attacker of images.</param>
    /// <param name="folder">The attacker's folder is made in it.</param>
    /// <param name="seed">Of the attackers.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="InvalidOperationException">There is no judge yet.</exception>
    public EditResult Measure(IfcVaeGan model, ClassifierOptions options, string folder, ulong seed, CancellationToken cancellation)
    {
        using var scope = new TensorScope();
        var (images, truth) = (test.Images, test.Values);
        var (one, zero, reconstructed) = (model.Edit(images, 1), model.Edit(images, 0), model.Edit(images, null));
        var (calledOne, calledZero) = (Called(one), Called(zero));
        var flippedImages = Choose(zero, one, truth); // the value that the image has not
        var flips = truth.Index().Count(record => (record.Item == 1 ? calledZero : calledOne)[record.Index] != record.Item);
        var read = model.Attribute(images).Zip(truth).Count(pair => pair.First >= 0.5f == (pair.Second == 1));
        var trueFlips = attribute is { } controlled ? ControlledAttributes.Apply(plainTest, controlled, Array.ConvertAll(truth, value => 1 - value)) : null;
        var codes = model.Encode(images);
        return new EditResult(
            ReconstructionError.Of(images, reconstructed).Average(),
            ReconstructionError.Of(images, Choose(one, zero, truth)).Average(),
            Share("attribute accuracy", read),
            (calledOne.Count(called => called == 1) + calledZero.Count(called => called == 0)) / (2.0 * images.Count),
            Share("flip success", flips),
            Kept(flippedImages),
            trueFlips is null ? new Metric("agreement", double.NaN) : Kept(trueFlips),
            trueFlips is null ? double.NaN : ReconstructionError.Of(trueFlips, flippedImages).Average(),
            Probes(Drawn(members.Images), Drawn(images)),
            Probes(model.Encode(members.Images), codes),
            Share("attacker on real images", Called(images).Zip(truth).Count(pair => pair.First == pair.Second)),
            OnConstant(model, options, folder, seed, cancellation),
            codes.Mean().Item<float>(),
            Math.Sqrt(codes.Var([0]).Mean().Item<float>()));

        Tensor Drawn(ImageSet set) => model.Draw(set, Seed.Derive(seed, "codes", set.Count));

        IReadOnlyList<ProbeResult> Probes(Tensor known, Tensor attacked) =>
            AttributeProbes.Attack((known.ToArray<float>(), members.Values), (attacked.ToArray<float>(), truth), seed);

        Metric Share(string name, int count) => new(name, (double)count / images.Count, ClopperPearson.TwoSided(count, images.Count));

        Metric Kept(ImageSet edits) => classifier is null
            ? new Metric("agreement", double.NaN)
            : Share("agreement", Classes(classifier, edits).Zip(Classes(classifier, images)).Count(pair => pair.First == pair.Second));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        judge?.Dispose();
        classifier?.Dispose();
    }

    /// <summary>Image i of the first set where the value is 1, of the second where it is 0.</summary>
    internal static ImageSet Choose(ImageSet ofOne, ImageSet ofZero, int[] values)
    {
        var pixels = new byte[ofOne.Pixels.Length];
        for (var i = 0; i < values.Length; i++) (values[i] == 1 ? ofOne : ofZero).Image(i).CopyTo(pixels.AsSpan(i * ofOne.Shape.Length));
        return new ImageSet(ofOne.Shape, pixels);
    }

    private Metric OnConstant(IfcVaeGan model, ClassifierOptions options, string folder, ulong seed, CancellationToken cancellation)
    {
        var (released, releasedTest) = (model.Edit(members.Images, 0), model.Edit(test.Images, 0));
        using var attacker = Classifier("attacker", new ImageSet(released.Shape, released.Pixels, members.Values, members.Names), options, folder, Seed.Derive(seed, "attacker"), cancellation);
        var right = Classes(attacker, releasedTest).Zip(test.Values).Count(pair => pair.First == pair.Second);
        return new Metric("attacker on released images", (double)right / test.Values.Length, ClopperPearson.TwoSided(right, test.Values.Length));
    }

    private int[] Called(ImageSet images) => Classes(judge ?? throw new InvalidOperationException("the judge of the attribute is not trained"), images);

    private static int[] Classes(DownstreamClassifier network, ImageSet images) =>
        [.. network.Probabilities(images).Chunk(network.ClassCount).Select(row => Array.IndexOf(row, row.Max()))];

    private static DownstreamClassifier Classifier(string name, ImageSet training, ClassifierOptions options, string folder, ulong seed, CancellationToken cancellation) =>
        DownstreamClassifier.Train(name, training, options, new FitContext(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, seed, null, cancellation));
}
