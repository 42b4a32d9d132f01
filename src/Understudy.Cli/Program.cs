using Understudy.Cli;

using var interrupt = new Interrupt();
var context = new CliContext(Console.Out, Console.Error, isTerminal: !Console.IsErrorRedirected, TimeProvider.System, interrupt.Token) { Input = Console.In };
return CommandLine.Run(args, context);
