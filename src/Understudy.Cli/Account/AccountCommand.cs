using System.CommandLine;
using System.Globalization;
using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;

namespace Understudy.Cli.Account;

internal static class AccountCommand
{
    public static Command Create(CliContext cli) => new("account", "Privacy of a plan: epsilon from noise, noise from epsilon, tables of either")
    {
        EpsilonVerb(cli),
        DeltaVerb(cli),
        NoiseVerb(cli),
        StepsVerb(cli),
        RocVerb(cli),
        TableVerb(cli),
    };

    private static Command EpsilonVerb(CliContext cli)
    {
        var o = new AccountOptions();
        Option[] options = [o.Mechanism, o.Sigma, o.Rate, o.Steps, o.Delta, o.Relation, o.Accountant];
        return Verb(cli, "epsilon", "The epsilon of a plan at a delta", options, parse =>
        {
            var start = cli.Time.GetTimestamp();
            var found = o.AccountantOf(parse).EpsilonAt(o.EventOf(parse), o.DeltaOf(parse));
            var milliseconds = cli.Time.GetElapsedTime(start).TotalMilliseconds;
            return new Answer(
                $"epsilon {Bracket(found.Lower.Value, found.Upper.Value)} at delta {Show(parse.GetValue(o.Delta))}, {found.Method}",
                new() { ["epsilon"] = found.Upper.Value, ["lower"] = found.Lower.Value, ["upper"] = found.Upper.Value, ["method"] = found.Method, ["milliseconds"] = milliseconds });
        });
    }

    private static Command DeltaVerb(CliContext cli)
    {
        var o = new AccountOptions();
        Option[] options = [o.Mechanism, o.Sigma, o.Rate, o.Steps, o.Epsilon, o.Relation, o.Accountant];
        return Verb(cli, "delta", "The delta of a plan at an epsilon", options, parse =>
        {
            var found = o.AccountantOf(parse).DeltaAt(o.EventOf(parse), o.EpsilonOf(parse));
            return new Answer(
                $"delta {Bracket(found.Lower.Value, found.Upper.Value)} at epsilon {Show(parse.GetValue(o.Epsilon))}, {found.Method}",
                new() { ["delta"] = found.Upper.Value, ["lower"] = found.Lower.Value, ["upper"] = found.Upper.Value, ["method"] = found.Method });
        });
    }

    private static Command NoiseVerb(CliContext cli)
    {
        var o = new AccountOptions();
        Option[] options = [o.Mechanism, o.Rate, o.Steps, o.Epsilon, o.Delta, o.Relation, o.Accountant];
        return Verb(cli, "noise", "The least noise that keeps a plan within epsilon and delta", options, parse =>
        {
            var accountant = o.AccountantOf(parse);
            var sigma = Reachable(() => new Calibrator(accountant, o.EpsilonOf(parse), o.DeltaOf(parse)).SmallestNoiseMultiplier(s => o.EventOf(parse, sigma: s.Value)));
            var reached = accountant.EpsilonAt(o.EventOf(parse, sigma: sigma.Value), o.DeltaOf(parse));
            return new Answer(
                $"sigma {Show(sigma.Value)} gives epsilon {Show(reached.Upper.Value)} at delta {Show(parse.GetValue(o.Delta))}, {reached.Method}",
                new() { ["target"] = parse.GetValue(o.Epsilon), ["sigma"] = sigma.Value, ["epsilon"] = reached.Upper.Value, ["method"] = reached.Method });
        });
    }

    private static Command StepsVerb(CliContext cli)
    {
        var o = new AccountOptions();
        Option[] options = [o.Mechanism, o.Sigma, o.Rate, o.Epsilon, o.Delta, o.Relation, o.Accountant];
        return Verb(cli, "steps", "The most steps that keep a plan within epsilon and delta", options, parse =>
        {
            var accountant = o.AccountantOf(parse);
            var steps = new Calibrator(accountant, o.EpsilonOf(parse), o.DeltaOf(parse)).LargestSteps(t => o.EventOf(parse, steps: t));
            var reached = accountant.EpsilonAt(o.EventOf(parse, steps: steps), o.DeltaOf(parse));
            return new Answer(
                $"{steps} steps give epsilon {Show(reached.Upper.Value)} at delta {Show(parse.GetValue(o.Delta))}, {reached.Method}",
                new() { ["target"] = parse.GetValue(o.Epsilon), ["steps"] = steps, ["epsilon"] = reached.Upper.Value, ["method"] = reached.Method });
        });
    }

    private static Command RocVerb(CliContext cli)
    {
        var o = new AccountOptions();
        var rates = new Option<double[]>("--fpr")
        {
            Description = "False-positive rates",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.5],
        };
        Option[] options = [o.Mechanism, o.Sigma, o.Rate, o.Steps, rates, o.Relation];
        return Verb(cli, "roc", "The best true-positive rate any membership attack on the releases can have", options, parse =>
        {
            var curve = new TradeOffCurve(o.EventOf(parse), o.RelationOf(parse));
            var points = parse.GetRequiredValue(rates).Select(f => (Fpr: f, Tpr: curve.TruePositiveRate(f))).ToArray();
            return new Answer(
                string.Join('\n', points.Select(p => $"fpr {Show(p.Fpr)}: tpr at most {Bracket(p.Tpr.Lower, p.Tpr.Upper)}")),
                new() { ["points"] = points.Select(p => new { fpr = p.Fpr, tprLower = p.Tpr.Lower, tprUpper = p.Tpr.Upper }) });
        });
    }

    private static Command TableVerb(CliContext cli)
    {
        var input = new Option<string>("--input") { Description = "CSV with columns mechanism,q,sigma,steps,delta", Required = true };
        var output = new Option<string>("--output")
        {
            Description = "CSV to write: the same rows with rdp_epsilon,pld_lower,pld_epsilon,pld_upper",
            Required = true,
        };
        return Verb(cli, "table", "The epsilon of every row of a table", [input, output], parse =>
        {
            var target = parse.GetRequiredValue(output);
            var rows = AccountTable.Run(parse.GetRequiredValue(input), target, cli.Cancellation);
            return new Answer($"{rows} rows in {target}", new() { ["rows"] = rows });
        });
    }

    /// <summary>A verb that answers with a line, or with one JSON object of its options and its figures.</summary>
    private static Command Verb(CliContext cli, string name, string description, Option[] options, Func<ParseResult, Answer> ask)
    {
        var verb = new Command(name, description);
        foreach (var option in options) verb.Add(option);
        verb.SetAction(parse =>
        {
            var answer = AccountOptions.Ask(() => ask(parse));
            if (parse.GetValue(cli.Json))
            {
                var document = options.Where(option => AccountOptions.ValueOf(parse, option) is not null)
                    .ToDictionary(option => option.Name.TrimStart('-'), option => AccountOptions.ValueOf(parse, option));
                foreach (var (figure, value) in answer.Figures) document[figure] = value;
                cli.WriteJson(document);
            }
            else cli.Output.WriteLine(answer.Text);
            return 0;
        });
        return verb;
    }

    private static NoiseMultiplier Reachable(Func<NoiseMultiplier> calibrate)
    {
        try
        {
            return calibrate();
        }
        catch (InvalidOperationException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    private static string Bracket(double lower, double upper) =>
        lower == upper ? Show(upper) : $"{Show(upper)} (true value in [{Show(lower)}, {Show(upper)}])";

    private static string Show(double value) => value.ToString("G8", CultureInfo.InvariantCulture);

    private sealed record Answer(string Text, Dictionary<string, object?> Figures);
}
