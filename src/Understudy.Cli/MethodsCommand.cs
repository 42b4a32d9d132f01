using System.CommandLine;
using Spectre.Console;
using Understudy.Generation;

namespace Understudy.Cli;

internal static class MethodsCommand
{
    public static Command Create(CliContext cli)
    {
        var command = new Command("methods", "List every synthesizer: name, paper, modality, guarantee");
        command.SetAction(parse =>
        {
            var cards = Synthesizers.All.Select(entry => entry.Card).ToArray();
            if (parse.GetValue(cli.Json)) cli.WriteJson(cards);
            else cli.WriteTable(Table(cards));
            return 0;
        });
        return command;
    }

    private static Table Table(IEnumerable<MethodCard> cards)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("name", "paper", "modality", "guarantee");
        foreach (var card in cards)
            table.AddRow(new Text(card.Name), new Text(card.Paper), new Text(card.Modality), new Text(card.Guarantee));
        return table;
    }
}
