using Understudy.Classification;
using Understudy.Classification.SupportVectors;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Denoising;
using Understudy.Generation.Networks;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Measures the codes of every method that has an encoder, the features of discriminators, and classifiers from few labels where they are asked for.</summary>
internal sealed class EncodingsStage : SectionStage
{
    private const int ShownChains = 8;
    private const int ShownSteps = 11;
    private const int GridSide = 56;
    private const int RecoveredCodes = 1000;
    private static readonly double[] Costs = [0.1, 1, 10];

    /// <inheritdoc/>
    public override string Id => "encodings";

    /// <inheritdoc/>
    public override bool IsAsked(Study study) => study.Encodings is not null;

    /// <inheritdoc/>
    public override void Check(Study study, Splits splits)
    {
        if (study.Encodings!.FewShot is { } fewShot) FewShotComparison.Check(fewShot, splits.Test.Spread(study.Encodings.TestImages));
        if (study.Encodings.Labels is not { } labels) return;
        var members = splits.Members;
        if (labels.Budgets.Count == 0 || labels.Methods.Count == 0) throw new InputException("'labels' in encodings names no budget or no method; give at least one of each, or leave it out");
        if (members.ClassCount != 2) throw new InputException($"'labels' in encodings is for data of two classes, and these have {members.ClassCount}; leave it out, or name other data");
        if (labels.Budgets.FirstOrDefault(budget => budget > members.Count) is > 0 and var budget)
            throw new InputException($"'budgets' in encodings.labels asks for {budget} labels, and there are {members.Count} members; give fewer, or 0 for all");
        Backbone.Doublings(members.Shape);
    }

    /// <inheritdoc/>
    protected override ReportSection Make(StageContext context, string folder, IProgress<StageProgress> progress)
    {
        var section = context.Study.Encodings!;
        context.Private.Unaccounted("members, held-out and test images, in figures of codes and of classifiers from few labels", "measurement");
        var (codes, chain, shifts) = (new List<ReportCell[]>(), new List<ReportCell[]>(), new List<ReportCell[]>());
        var pictures = new List<ReportPicture>();
        var errors = new OrderedDictionary<string, double[]>();
        var test = Test(context, section);
        var (known, asked) = Parts(context, section);
        var fewShot = section.FewShot is null ? null : new FewShotComparison(section.FewShot, test, context.Study.Seed);
        using var classifier = context.Splits.Members.Labels is null ? null : ClassificationStage.Baseline(context, progress);
        foreach (var (id, model) in Encoders(context))
        {
            using var freed = model as IDisposable;
            using var scope = new TensorScope();
            var machine = Machine(context, model, known);
            fewShot?.Add(id, model.Encode(test).ToArray<float>());
            var error = errors[id] = ReconstructionError.Of(test, model.Decode(model.Encode(test)));
            codes.Add([id, .. Codes(context, section, model, SampleSummary.Of(error), machine, asked, classifier)]);
            shifts.AddRange(Shifts(section, model, machine, asked).Select(row => row.Prepend(id).ToArray()));
            if (model.LatentSize == 2) pictures.Add(Scatter(context, section, folder, id, model));
            if (model is not DenoisingSynthesizer denoising) continue;
            chain.AddRange(Chain(context, section, denoising, classifier).Select(row => row.Prepend(id).ToArray()));
            pictures.Add(Picture(context, folder, id, denoising));
        }
        List<ReportTable> tables = [];
        if (codes.Count > 0)
        {
            tables.Add(new ReportTable("codes", "Reconstruction of clean test images and what their codes tell.",
                ["Method", "MSE", "MSE, s.d. of images", "Linear SVM accuracy", "RBF SVM accuracy", "Mean of codes", "S.d. of codes", "S.d. of corrupted codes", "Confidence on Dec(z)", "Code match error", "Reconstruction attack AUC", "R² of E(Dec(z))"], codes));
        }
        if (errors.Count > 1)
        {
            tables.Add(new ReportTable("pairs", "Reconstruction errors of pairs of methods on the same test images.",
                ["Method", "Other", "Difference of MSE", "Wilcoxon's two-sided p"], [.. MethodPairs.Rows(errors)]));
        }
        if (fewShot is not null) tables.AddRange(fewShot.Tables());
        if (shifts.Count > 0) tables.Add(new ReportTable("shifts", "Codes of moved images: means over four directions.", ["Method", "Pixels", "Cosine with the code of the image in place", "Linear SVM accuracy"], shifts));
        if (chain.Count > 0)
            tables.Add(new ReportTable("chain", $"Samples after t steps of the Markov chain. The Parzen log-likelihood in nats {ParzenWindow.Caveat}.", ["Method", "t", "Parzen log-likelihood", "σ of the window", "FID"], chain));
        var features = DiscriminatorFeatures.Measure(context, known, asked);
        if (features is not null) tables.Add(features);
        List<string> paragraphs =
        [
            "E encodes a clean image, Dec decodes it. Support vector machines learn from the codes of members, with C chosen by cross-validation among them, and are tested on the codes of test images. "
            + "The window's σ is chosen on held-out images. Models are compared by squared error, since cross-entropy is not 0 for a perfect grey image.",
            "More steps of the chain can make samples better or worse: every step is shown. The reconstruction attack calls the images with the smaller error members; 0.5 is chance. R² says how much of a drawn z the encoder finds in Dec(z): 1 is all, and 0 what naming the mean of all z would find.",
        ];
        if (context.Splits.HasNovelTest)
            paragraphs.Add($"Test images are of classes that no member has: what is said above to learn from members learns from {known.Count} of the test images, half of each class, and is asked the other {asked.Count}.");
        if (features is not null) paragraphs.Add(DiscriminatorFeatures.Meaning);
        if (section.Labels is { } labels)
        {
            var curve = new LabelCurve(context, labels, folder, progress);
            tables.AddRange(curve.Measure());
            paragraphs.AddRange(curve.Findings);
        }
        return new ReportSection(Id, "Codes", paragraphs, tables, pictures);
    }

    private static IEnumerable<(string Id, IEncodesImages Model)> Encoders(StageContext context)
    {
        foreach (var method in context.Study.Methods)
        {
            var synthesizer = GenerationStage.Create(context, method);
            if (synthesizer is not IEncodesImages encoder)
            {
                (synthesizer as IDisposable)?.Dispose();
                continue;
            }
            synthesizer.Load(context.Run.Generation(method.Id, GenerationStage.ModelName));
            yield return (method.Id, encoder);
        }
    }

    /// <summary>Of a part that is in a random order already, unlike an official test part.</summary>
    private static ImageSet First(ImageSet images, int count) => images.Count <= count ? images : images.Subset([.. Enumerable.Range(0, count)]);

    private static ImageSet Test(StageContext context, EncodingsSection section) => context.Splits.Test.Spread(section.TestImages);

    /// <summary>What classifiers learn from and what they are asked: members and test images or, where members have none of their classes, the two halves of every class of the test images.</summary>
    private static (ImageSet Known, ImageSet Asked) Parts(StageContext context, EncodingsSection section)
    {
        var test = Test(context, section);
        if (!context.Splits.HasNovelTest) return (First(context.Splits.Members, section.TrainingCodes), test);
        var halves = Enumerable.Range(0, test.Count).GroupBy(i => test.Labels![i]).SelectMany(same => same.Index()).ToLookup(image => image.Index % 2, image => image.Item);
        return (test.Subset([.. halves[0].Order()]).Spread(section.TrainingCodes), test.Subset([.. halves[1].Order()]));
    }

    private static (SupportVectorMachine Linear, SupportVectorMachine Radial)? Machine(StageContext context, IEncodesImages model, ImageSet known)
    {
        if (known.Labels is null) return null;
        var codes = model.Encode(known).ToArray<float>();
        return (SupportVectorMachine.Train(codes, known.Labels, isLinear: true, Costs, context.Study.Seed),
            SupportVectorMachine.Train(codes, known.Labels, isLinear: false, Costs, context.Study.Seed));
    }

    private static IEnumerable<ReportCell> Codes(
        StageContext context, EncodingsSection section, IEncodesImages model, SampleSummary errors, (SupportVectorMachine Linear, SupportVectorMachine Radial)? machine, ImageSet asked, DownstreamClassifier? classifier)
    {
        var test = Test(context, section);
        var (codes, askedCodes) = (model.Encode(test), model.Encode(asked));
        yield return new ReportCell(errors.Mean, errors.MeanInterval);
        yield return errors.StandardDeviation;
        yield return Accuracy(machine?.Linear, askedCodes, asked);
        yield return Accuracy(machine?.Radial, askedCodes, asked);
        yield return codes.Mean().Item<float>();
        yield return Math.Sqrt(codes.Var([0]).Mean().Item<float>());
        yield return model is DenoisingSynthesizer noisy ? Math.Sqrt(noisy.EncodeCorrupted(test, context.Study.Seed).Var([0]).Mean().Item<float>()) : "–";
        yield return classifier is not null && model is Synthesizer { IsConditional: false } synthesizer ? Confidence(classifier, synthesizer.Sample(test.Count, context.Study.Seed)) : "–";
        yield return model is AdversarialSynthesizer { Prior: CodePrior.Mixture } && test.Labels is { } labels ? ReportCell.Of(Match(codes, labels, test.ClassCount)) : "–";
        var (inside, outside) = (First(context.Splits.Members, section.TestImages), First(context.Splits.NonMembers, section.TestImages));
        var curve = RocCurve.FromScores(Negated(model, inside), Negated(model, outside));
        yield return new ReportCell(curve.Auc, curve.AucInterval(context.Study.Seed));
        yield return model is ILatentSynthesizer generator ? CodeRecovery.Measure(generator, model, RecoveredCodes, context.Study.Seed) : "–";
    }

    private static IEnumerable<ReportCell[]> Shifts(
        EncodingsSection section, IEncodesImages model, (SupportVectorMachine Linear, SupportVectorMachine Radial)? machine, ImageSet test)
    {
        var codes = model.Encode(test);
        foreach (var shift in section.Shifts)
        {
            var moved = new[] { (shift, 0), (-shift, 0), (0, shift), (0, -shift) }.Select(by => model.Encode(ImageShift.By(test, by.Item1, by.Item2))).ToArray();
            var cosine = moved.Average(other => ((codes * other).Sum([1]) / (codes.Norm([1]) * other.Norm([1])).Clamp(min: 1e-12)).Mean().Item<float>());
            ReportCell accuracy = machine is { } known ? moved.Average(other => Right(known.Linear, other, test) / (double)test.Count) : "–";
            yield return [(double)shift, (double)cosine, accuracy];
        }
    }

    private static IEnumerable<ReportCell[]> Chain(StageContext context, EncodingsSection section, DenoisingSynthesizer model, DownstreamClassifier? classifier)
    {
        var (held, test) = (First(context.Splits.NonMembers, section.ParzenImages), context.Splits.Test.Spread(section.ParzenImages));
        var features = classifier?.Extract(context.Splits.NonMembers);
        foreach (var (t, samples) in model.Chain(section.Samples, section.MarkovSteps, context.Study.Seed).Index())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var sigma = ParzenWindow.ChooseSigma(samples, held);
            var likelihood = ParzenWindow.Measure(samples, test, sigma);
            var distance = classifier is null ? null : FrechetDistance.Measure(features!, classifier.Extract(samples), classifier.Name);
            yield return [(double)t, new ReportCell(likelihood.Value, likelihood.Interval), sigma, distance is null ? "–" : new ReportCell(distance.Value, distance.Interval)];
        }
    }

    private static ReportPicture Scatter(StageContext context, EncodingsSection section, string folder, string id, IEncodesImages model)
    {
        var test = Test(context, section);
        var name = $"codes-{id}.png";
        CodeScatter.Write(Path.Combine(folder, name), model.Encode(test).ToArray<float>(), test.Labels);
        return new ReportPicture(name, $"{id}: codes of test images, a colour a class", $"Scatter of the codes of {id}.");
    }

    private static ReportPicture Picture(StageContext context, string folder, string id, DenoisingSynthesizer model)
    {
        var steps = Math.Min(context.Study.Encodings!.MarkovSteps, ShownSteps - 1);
        var chain = model.Chain(ShownChains, steps, context.Study.Seed);
        var grid = ImageSet.Concat([.. Enumerable.Range(0, ShownChains).SelectMany(i => chain.Select(set => set.Subset([i])))]);
        var name = $"chain-{id}.png";
        ImageGrid.Write(Path.Combine(folder, name), grid, ShownChains, steps + 1, gap: 2, Math.Max(1, GridSide / grid.Shape.Height));
        return new ReportPicture(name, $"{id}: a chain a row, Dec(z) on the left and one step more in each column", $"Grid of samples of {id} along Markov chains.");
    }

    private static ReportCell Accuracy(SupportVectorMachine? machine, Tensor codes, ImageSet test)
    {
        if (machine is null) return "–";
        var right = Right(machine, codes, test);
        return new ReportCell((double)right / test.Count, ClopperPearson.TwoSided(right, test.Count));
    }

    private static int Right(SupportVectorMachine machine, Tensor codes, ImageSet test) =>
        machine.Predict(codes.ToArray<float>()).Zip(test.Labels!).Count(pair => pair.First == pair.Second);

    private static ReportCell Confidence(DownstreamClassifier classifier, ImageSet samples) =>
        (double)classifier.Probabilities(samples).Chunk(classifier.ClassCount).Average(row => row.Max());

    private static Metric Match(Tensor codes, int[] labels, int classes)
    {
        var rows = codes.ToArray<float>();
        var components = Enumerable.Range(0, labels.Length).Select(i => MixturePrior.Nearest(rows.AsSpan(2 * i, 2))).ToArray();
        return CodeMatch.Error(components, labels, MixturePrior.Components, classes) with { Note = null };
    }

    private static double[] Negated(IEncodesImages model, ImageSet images) =>
        Array.ConvertAll(ReconstructionError.Of(images, model.Decode(model.Encode(images))), error => -error);
}
