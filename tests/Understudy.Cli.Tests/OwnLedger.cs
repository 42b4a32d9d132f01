using System.Runtime.CompilerServices;
using Understudy.Privacy.Ledger;

namespace Understudy.Cli.Tests;

/// <summary>Keeps the tests, and the processes that they start, out of the user's own ledger.</summary>
internal static class OwnLedger
{
    [ModuleInitializer]
    internal static void Use() =>
        Environment.SetEnvironmentVariable(LedgerLocation.Variable, Path.Combine(Directory.CreateTempSubdirectory("understudy-ledger-").FullName, "ledger.db"));
}
