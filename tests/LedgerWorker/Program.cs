using System.Globalization;
using Understudy.Privacy;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;

// LedgerWorker LOCATION FINGERPRINT CAP FOLDER NAME SEED: reserves, spends, "runs" and releases, round after round, until the cap refuses.
// FOLDER/NAME.ran holds one byte a step that ran; FOLDER/NAME.round the round, so that a killed worker takes up its own reservation.
var (location, fingerprint, folder, name) = (args[0], args[1], args[3], args[4]);
var random = new Random(int.Parse(args[5], CultureInfo.InvariantCulture));
var account = new LedgerAccount(
    fingerprint, "image", NeighbouringRelation.AddOrRemoveOne, new Delta(1e-6), new Epsilon(double.Parse(args[2], CultureInfo.InvariantCulture)));
var plan = new LedgerPlan("steps", new GaussianEvent(200), 40);
var roundFile = Path.Combine(folder, $"{name}.round");
using var ran = new FileStream(Path.Combine(folder, $"{name}.ran"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
using var ledger = PrivacyLedger.Open(location);

try
{
    for (var round = File.Exists(roundFile) && int.TryParse(File.ReadAllText(roundFile), CultureInfo.InvariantCulture, out var known) ? known : 0; ; round++)
    {
        File.WriteAllText(roundFile, round.ToString(CultureInfo.InvariantCulture));
        var reservation = ledger.Reserve(account, $"{name}/{round}", [plan]);
        var keep = random.Next(3) == 0 ? random.Next(20) : 0;
        while (reservation.Remaining(plan.Label) > keep) Run(random.Next(1, 8));
        reservation.Release();

        void Run(int steps)
        {
            reservation.Spend(plan.Label, steps);
            for (var i = 0; i < steps; i++)
            {
                ran.WriteByte(1);
                // A step takes its time, and leaves the cores to the others.
                Thread.Sleep(2);
            }
        }
    }
}
catch (LedgerCapException)
{
    return 0;
}
