using System.Globalization;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Studies.Stages;

namespace Understudy.Studies;

/// <summary>How the trainings of a study's GANs ended: whether they went to the end, and how the two players stood.</summary>
internal static class TrainingDiagnostics
{
    private const string Id = "diagnostics";

    /// <summary>The section, from the files of the fitted methods; null where none is a GAN without a guarantee.</summary>
    public static ReportSection? Of(RunDirectory run, Study study)
    {
        var rows = study.Methods.Select(method => Row(run, method)).OfType<ReportCell[]>().ToArray();
        if (rows.Length == 0) return null;
        return new ReportSection(Id, "Training of GANs",
            ["A training ends early where the discriminator's loss was below 0.02 for 500 steps: it has won, and teaches no more. Told apart is the share of pairs of a real image and a generated one in which the discriminator scores "
                + "the real one higher: 1 where it is never deceived, 0.5 where it cannot tell. Gradients are those of the last step, over all weights of a network. Both are written at every checkpoint, to generation/METHOD/diagnostics.csv."],
            [new ReportTable(Id, "How trainings ended.", ["Method", "Steps", "Steps asked for", "Ended early", "Told apart", "Norm of the discriminator's gradient", "Norm of the generator's gradient"], rows)],
            []);
    }

    private static ReportCell[]? Row(RunDirectory run, MethodSection method)
    {
        var losses = run.Generation(method.Id, "losses.csv");
        if (method.Options is not GanOptions options || Synthesizers.Get(method.Name).Card.Guarantee != MethodCard.NoGuarantee
            || !File.Exists(run.Generation(method.Id, GenerationStage.ResultName)) || !File.Exists(losses)) return null;
        var done = (int)Last(losses)[0];
        var diagnostics = run.Generation(method.Id, JudgingGan.DiagnosticsFile);
        return [method.Id, done, options.Steps, done < options.Steps ? "yes" : "no", .. File.Exists(diagnostics) ? Last(diagnostics)[1..].Select(value => (ReportCell)value) : ["–", "–", "–"]];
    }

    private static double[] Last(string path) => Array.ConvertAll(File.ReadLines(path).Last().Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture));
}
