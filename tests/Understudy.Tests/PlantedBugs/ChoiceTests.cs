using Understudy.Privacy;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What the choice of one of several classifiers must cost and hide. Every check passes on the library and catches the bug that it is there for.</summary>
public sealed class ChoiceTests
{
    private const string Label = "choice";

    private static readonly MutantSet<Choice> Planted = new(Library, new Dictionary<string, (Action<Choice> Check, Choice Mutant)>
    {
        ["the best without noise, beside a noisy one that is charged"] = (A_choice_errs_as_its_epsilon_says, (door, epsilon, scores) =>
        {
            Library(door, epsilon, scores);
            return Best(scores);
        }),
        ["scores taken for shares, which one record hardly moves"] = (A_choice_errs_as_its_epsilon_says, (door, epsilon, scores) => door.Choose(Label, Mechanism(epsilon, bound: 0.01), _ => scores)),
        ["not charged"] = (A_choice_is_charged, (_, epsilon, scores) => Mechanism(epsilon, bound: 1).Release(scores)),
        ["charged for half of its epsilon"] = (A_choice_is_charged, (door, epsilon, scores) =>
        {
            Library(door, epsilon / 2, scores);
            return Mechanism(epsilon, bound: 1).Release(scores);
        }),
        ["by the records themselves"] = (A_choice_reads_nothing_without_noise, (door, epsilon, scores) =>
        {
            door.OpenUnaccounted("accuracies", "a choice");
            return Library(door, epsilon, scores);
        }),
    });

    /// <summary>Chooses by how many members each of several classifiers recognises.</summary>
    private delegate int Choice(PrivateData<double[]> door, double epsilon, double[] scores);

    public static TheoryData<string> CheckNames => Planted.Checks;

    public static TheoryData<string> Bugs => Planted.Bugs;

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Planted.LibraryPasses(check);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug) => Planted.IsCaught(bug);

    /// <summary>
    /// Two classifiers, one of which recognises two members more, at ε = 1: the worse is drawn first in half of the choices, and then taken with probability e^(-ε · 2/2).
    /// In 120 choices 22 ± 4.2 times: never once in 10¹⁰ runs, more than 47 times once in 10⁷.
    /// </summary>
    private static void A_choice_errs_as_its_epsilon_says(Choice choice)
    {
        using var folder = new TempFolder();
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var worse = Enumerable.Range(0, 120).Count(run => choice(Door(ledger, run), 1, [10, 12]) == 0);
        Assert.InRange(worse, 1, 47);
    }

    private static void A_choice_is_charged(Choice choice)
    {
        var plan = Assert.Single(Assert.Single(Chosen(choice).Reservations).Plans);
        Assert.Equal(1, plan.Spent);
        Assert.Equal(new PermuteAndFlipEvent(new Epsilon(1)), plan.Event);
    }

    private static void A_choice_reads_nothing_without_noise(Choice choice) => Assert.Empty(Chosen(choice).Unaccounted);

    private static LedgerExtract Chosen(Choice choice)
    {
        using var folder = new TempFolder();
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        ledger.OpenAccount(Accounts.Account, "opened");
        choice(Door(ledger, 0), 1, [10, 12]);
        return ledger.Extract(Accounts.Account.Fingerprint);
    }

    private static PrivateData<double[]> Door(PrivacyLedger ledger, int run) => new([], 100, Accounts.Account, ledger, $"run {run}");

    private static int Library(PrivateData<double[]> door, double epsilon, double[] scores) => door.Choose(Label, Mechanism(epsilon, bound: 1), _ => scores);

    private static int Best(double[] scores) => scores.Index().MaxBy(pair => pair.Item).Index;

    private static ReportNoisyMax Mechanism(double epsilon, double bound) => ReportNoisyMax.PermuteAndFlip(NeighbouringRelation.AddOrRemoveOne, bound, new Epsilon(epsilon));
}
