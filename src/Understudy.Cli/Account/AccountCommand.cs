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
        var verb = AccountOptions.Verb("epsilon", "The epsilon of a plan at a delta", o.Mechanism, o.Sigma, o.Rate, o.Steps, o.Delta, o.Relation, o.Accountant);
        verb.SetAction(parse =>
        {
            var start = cli.Time.GetTimestamp();
            var bracket = AccountOptions.Ask(() => o.AccountantOf(parse).EpsilonAt(o.EventOf(parse), new Delta(parse.GetValue(o.Delta))));
            var milliseconds = cli.Time.GetElapsedTime(start).TotalMilliseconds;
            if (parse.GetValue(cli.Json))
            {
                cli.WriteJson(new
                {
                    mechanism = parse.GetValue(o.Mechanism), relation = parse.GetValue(o.Relation), q = parse.GetValue(o.Rate), sigma = parse.GetValue(o.Sigma),
                    steps = parse.GetValue(o.Steps), delta = parse.GetValue(o.Delta),
                    epsilon = bracket.Upper.Value, lower = bracket.Lower.Value, upper = bracket.Upper.Value, method = bracket.Method, milliseconds,
                });
            }
            else cli.Output.WriteLine($"epsilon {Show(bracket.Upper.Value)} at delta {Show(parse.GetValue(o.Delta))}{Within(bracket.Lower.Value, bracket.Upper.Value)}, {bracket.Method}");
            return 0;
        });
        return verb;
    }

    private static Command DeltaVerb(CliContext cli)
    {
        var o = new AccountOptions();
        var verb = AccountOptions.Verb("delta", "The delta of a plan at an epsilon", o.Mechanism, o.Sigma, o.Rate, o.Steps, o.Epsilon, o.Relation, o.Accountant);
        verb.SetAction(parse =>
        {
            var bracket = AccountOptions.Ask(() => o.AccountantOf(parse).DeltaAt(o.EventOf(parse), new Epsilon(parse.GetValue(o.Epsilon))));
            if (parse.GetValue(cli.Json))
            {
                cli.WriteJson(new
                {
                    mechanism = parse.GetValue(o.Mechanism), relation = parse.GetValue(o.Relation), q = parse.GetValue(o.Rate), sigma = parse.GetValue(o.Sigma),
                    steps = parse.GetValue(o.Steps), epsilon = parse.GetValue(o.Epsilon),
                    delta = bracket.Upper.Value, lower = bracket.Lower.Value, upper = bracket.Upper.Value, method = bracket.Method,
                });
            }
            else cli.Output.WriteLine($"delta {Show(bracket.Upper.Value)} at epsilon {Show(parse.GetValue(o.Epsilon))}{Within(bracket.Lower.Value, bracket.Upper.Value)}, {bracket.Method}");
            return 0;
        });
        return verb;
    }

    private static Command NoiseVerb(CliContext cli)
    {
        var o = new AccountOptions();
        var verb = AccountOptions.Verb("noise", "The least noise that keeps a plan within epsilon and delta", o.Mechanism, o.Rate, o.Steps, o.Epsilon, o.Delta, o.Relation, o.Accountant);
        verb.SetAction(parse =>
        {
            var (sigma, reached) = AccountOptions.Ask(() =>
            {
                var accountant = o.AccountantOf(parse);
                var delta = new Delta(parse.GetValue(o.Delta));
                var found = Reachable(() => new Calibrator(accountant, new Epsilon(parse.GetValue(o.Epsilon)), delta)
                    .SmallestNoiseMultiplier(s => o.EventOf(parse, s.Value, parse.GetValue(o.Rate), parse.GetValue(o.Steps))));
                return (found, accountant.EpsilonAt(o.EventOf(parse, found.Value, parse.GetValue(o.Rate), parse.GetValue(o.Steps)), delta));
            });
            if (parse.GetValue(cli.Json))
            {
                cli.WriteJson(new
                {
                    mechanism = parse.GetValue(o.Mechanism), relation = parse.GetValue(o.Relation), q = parse.GetValue(o.Rate), steps = parse.GetValue(o.Steps),
                    delta = parse.GetValue(o.Delta), target = parse.GetValue(o.Epsilon), sigma = sigma.Value, epsilon = reached.Upper.Value, method = reached.Method,
                });
            }
            else cli.Output.WriteLine($"sigma {Show(sigma.Value)} gives epsilon {Show(reached.Upper.Value)} at delta {Show(parse.GetValue(o.Delta))}, {reached.Method}");
            return 0;
        });
        return verb;
    }

    private static Command StepsVerb(CliContext cli)
    {
        var o = new AccountOptions();
        var verb = AccountOptions.Verb("steps", "The most steps that keep a plan within epsilon and delta", o.Mechanism, o.Sigma, o.Rate, o.Epsilon, o.Delta, o.Relation, o.Accountant);
        verb.SetAction(parse =>
        {
            var (steps, reached) = AccountOptions.Ask(() =>
            {
                var accountant = o.AccountantOf(parse);
                var delta = new Delta(parse.GetValue(o.Delta));
                var found = new Calibrator(accountant, new Epsilon(parse.GetValue(o.Epsilon)), delta)
                    .LargestSteps(t => o.EventOf(parse, parse.GetValue(o.Sigma), parse.GetValue(o.Rate), t));
                return (found, accountant.EpsilonAt(o.EventOf(parse, parse.GetValue(o.Sigma), parse.GetValue(o.Rate), found), delta));
            });
            if (parse.GetValue(cli.Json))
            {
                cli.WriteJson(new
                {
                    mechanism = parse.GetValue(o.Mechanism), relation = parse.GetValue(o.Relation), q = parse.GetValue(o.Rate), sigma = parse.GetValue(o.Sigma),
                    delta = parse.GetValue(o.Delta), target = parse.GetValue(o.Epsilon), steps, epsilon = reached.Upper.Value, method = reached.Method,
                });
            }
            else cli.Output.WriteLine($"{steps} steps give epsilon {Show(reached.Upper.Value)} at delta {Show(parse.GetValue(o.Delta))}, {reached.Method}");
            return 0;
        });
        return verb;
    }

    private static Command RocVerb(CliContext cli)
    {
        var o = new AccountOptions();
        var rates = new Option<double[]>("--fpr")
        {
            Description = "False-positive rates", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.5],
        };
        var verb = AccountOptions.Verb("roc", "The best true-positive rate any membership attack on the releases can have", o.Mechanism, o.Sigma, o.Rate, o.Steps, rates, o.Relation);
        verb.SetAction(parse =>
        {
            var points = AccountOptions.Ask(() =>
            {
                var curve = new TradeOffCurve(o.EventOf(parse), o.RelationOf(parse));
                return parse.GetRequiredValue(rates).Select(f => (Fpr: f, Tpr: curve.TruePositiveRate(f))).ToArray();
            });
            if (parse.GetValue(cli.Json)) cli.WriteJson(points.Select(p => new { fpr = p.Fpr, tprLower = p.Tpr.Lower, tprUpper = p.Tpr.Upper }));
            else foreach (var (fpr, tpr) in points) cli.Output.WriteLine($"fpr {Show(fpr)}: tpr at most {Show(tpr.Upper)}{Within(tpr.Lower, tpr.Upper)}");
            return 0;
        });
        return verb;
    }

    private static Command TableVerb(CliContext cli)
    {
        var input = new Option<string>("--input") { Description = "CSV with columns mechanism,q,sigma,steps,delta", Required = true };
        var output = new Option<string>("--output") { Description = "CSV to write: the same rows with rdp_epsilon,pld_lower,pld_epsilon,pld_upper", Required = true };
        var verb = AccountOptions.Verb("table", "The epsilon of every row of a table", input, output);
        verb.SetAction(parse =>
        {
            var target = parse.GetRequiredValue(output);
            var rows = AccountTable.Run(parse.GetRequiredValue(input), target, cli.Cancellation);
            if (parse.GetValue(cli.Json)) cli.WriteJson(new { rows, output = target });
            else cli.Output.WriteLine($"{rows} rows in {target}");
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

    private static string Within(double lower, double upper) => lower == upper ? "" : $" (true value in [{Show(lower)}, {Show(upper)}])";

    private static string Show(double value) => value.ToString("G8", CultureInfo.InvariantCulture);
}
