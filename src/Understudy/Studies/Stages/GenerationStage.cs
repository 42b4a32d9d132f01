using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Fits every method to the members.</summary>
internal sealed class GenerationStage(StageContext context)
{
    public const string Name = "generation";
    public const string ResultName = "card.json";
    public const string ModelName = "model";
    public const string DiscriminatorName = "discriminator";
    public const string CertificateName = "certificate.json";

    public void Run()
    {
        foreach (var method in context.Study.Methods) Reserve(method);
        if (context.Splits.Members.Labels is not null)
        {
            foreach (var baseline in context.Study.Baselines)
                context.Private.Reserve(baseline.Id, (account, records) => DownstreamClassifier.Plans(baseline.Options, account, records));
        }
        foreach (var method in context.Study.Methods)
            context.Do(Name, method.Id, context.Run.Generation(method.Id, ResultName), progress => Fit(method, progress));
    }

    /// <summary>Fits one method, from its checkpoint if there is one.</summary>
    public void Fit(MethodSection method, IProgress<StageProgress> progress)
    {
        var folder = context.Run.Generation(method.Id);
        var model = Directory.CreateDirectory(Path.Combine(folder, ModelName)).FullName;
        var synthesizer = Create(context, method);
        using var owned = synthesizer as IDisposable;
        synthesizer.Fit(context.Private.Members(method.Id), new FitContext(folder, context.Study.Seed, progress, context.Cancellation));
        synthesizer.Save(model);
        if (synthesizer is IJudgesImages judging && (context.Study.Encodings is not null || context.Study.Grid?.Releases.Contains(ReleaseKind.Networks) == true))
            judging.SaveDiscriminator(Path.Combine(folder, DiscriminatorName));
        if (synthesizer.PlansDone is { Count: > 0 } plans) AtomicFile.WriteText(Path.Combine(folder, CertificateName), JsonText.Write(context.Private.Certify(method.Id, plans)));
        AtomicFile.WriteText(Path.Combine(folder, ResultName), JsonText.Write(synthesizer.Card));
    }

    /// <summary>Reserves what a method will spend.</summary>
    public void Reserve(MethodSection method)
    {
        var planned = Create(context, method);
        using var freed = planned as IDisposable;
        context.Private.Reserve(method.Id, planned.Plans);
    }

    /// <summary>The method, not fitted.</summary>
    public static Synthesizer Create(StageContext context, MethodSection method) =>
        Synthesizers.Get(method.Name).Create(method.Options, context.Splits.Members.Shape, context.Splits.Members.ClassNames);

    /// <summary>The method as it was fitted in this run.</summary>
    /// <exception cref="InputException">It is not trained yet.</exception>
    public static Synthesizer Load(StageContext context, MethodSection method)
    {
        if (!File.Exists(context.Run.Generation(method.Id, ResultName)))
            throw new InputException($"{method.Id} is not trained yet; run: understudy train {context.Run.StudyFile} --output {context.Run.Path} --resume");
        var synthesizer = Create(context, method);
        synthesizer.Load(context.Run.Generation(method.Id, ModelName));
        return synthesizer;
    }
}
