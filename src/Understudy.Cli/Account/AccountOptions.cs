using System.CommandLine;
using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;

namespace Understudy.Cli.Account;

/// <summary>The options that describe a plan, shared by the account verbs; each verb takes those that it does not itself compute.</summary>
internal sealed class AccountOptions
{
    private static readonly Dictionary<string, NeighbouringRelation> Relations = new(StringComparer.Ordinal)
    {
        ["add-remove"] = NeighbouringRelation.AddOrRemoveOne,
        ["zero-out"] = NeighbouringRelation.ReplaceSpecial,
        ["replace-one"] = NeighbouringRelation.ReplaceOne,
    };

    public AccountOptions()
    {
        Mechanism.AcceptOnlyFromAmong(Account.Mechanism.Names);
        Relation.AcceptOnlyFromAmong([.. Relations.Keys]);
        Accountant.AcceptOnlyFromAmong("tightest", "pld", "rdp");
    }

    public Option<string> Mechanism { get; } = new("--mechanism")
    {
        Description = "gaussian, laplace or discrete-gaussian", DefaultValueFactory = _ => "gaussian",
    };

    public Option<double> Sigma { get; } = new("--sigma")
    {
        Description = "Noise multiplier, relative to one record's bound; for laplace its scale", Required = true,
    };

    public Option<double> Rate { get; } = new("--q") { Description = "Poisson sampling rate; 1 takes every record", DefaultValueFactory = _ => 1 };

    public Option<long> Steps { get; } = new("--steps") { Description = "Number of releases", DefaultValueFactory = _ => 1 };

    public Option<double> Delta { get; } = new("--delta") { Description = "Failure probability; well below 1/N", Required = true };

    public Option<double> Epsilon { get; } = new("--epsilon") { Description = "Privacy budget", Required = true };

    public Option<string> Relation { get; } = new("--relation")
    {
        Description = "Neighbouring data sets: add-remove, zero-out or replace-one", DefaultValueFactory = _ => "add-remove",
    };

    public Option<string> Accountant { get; } = new("--accountant") { Description = "tightest, pld or rdp", DefaultValueFactory = _ => "tightest" };

    /// <summary>What an option of one of these types was given, or its default; null for other types.</summary>
    public static object? ValueOf(ParseResult parse, Option option) => option switch
    {
        Option<double> number => parse.GetValue(number),
        Option<long> count => parse.GetValue(count),
        Option<string> text => parse.GetValue(text),
        _ => null,
    };

    public Delta DeltaOf(ParseResult parse) => new(parse.GetValue(Delta));

    public Epsilon EpsilonOf(ParseResult parse) => new(parse.GetValue(Epsilon));

    public NeighbouringRelation RelationOf(ParseResult parse) => Relations[parse.GetRequiredValue(Relation)];

    public PrivacyAccountant AccountantOf(ParseResult parse) => parse.GetRequiredValue(Accountant) switch
    {
        "pld" => new PldAccountant(RelationOf(parse)),
        "rdp" => new RdpAccountant(RelationOf(parse)),
        _ => new TightestAccountant(RelationOf(parse)),
    };

    /// <summary>The plan, with a figure of the caller's in place of an option that the verb does not take.</summary>
    public PrivacyEvent EventOf(ParseResult parse, double? sigma = null, long? steps = null)
    {
        var count = steps ?? parse.GetValue(Steps);
        if (count < 0) throw new InputException($"--steps is {count}; it must be 0 or more");
        return Account.Mechanism.Release(parse.GetRequiredValue(Mechanism), sigma ?? parse.GetValue(Sigma), new SamplingRate(parse.GetValue(Rate))).Times(count);
    }

    /// <summary>Runs work whose arguments came from the user: what it refuses, the user can mend.</summary>
    public static T Ask<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is ArgumentException or UnsupportedEventException)
        {
            var message = e is ArgumentException { ParamName: { } name }
                ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
                : e.Message;
            throw new InputException(message.TrimEnd('.'), e);
        }
    }
}
