using System.Diagnostics;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>A PostgreSQL server of the tests' own: in a temporary folder, reached through a socket there and by nothing else.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "understudy";

    private readonly string folder = "";
    private readonly string programs = "";
    private bool isRunning;

    public PostgresServer()
    {
        if (Programs() is not { } found)
        {
            WhyAbsent = "PostgreSQL is not installed; as root, run: apt-get install --no-install-recommends postgresql";
            return;
        }
        programs = found;
        folder = Directory.CreateTempSubdirectory("understudy-pg-").FullName;
        // The server refuses to run as root.
        if (Environment.IsPrivilegedProcess) Run("chown", "nobody", folder);
        AsServer("initdb", "-D", Path.Combine(folder, "data"), "-A", "trust", "-U", User, "--no-sync");
        Start();
        ConnectionString = $"Host={folder};Username={User};Database=postgres";
        Address = $"postgres:///postgres?host={folder}&user={User}";
    }

    /// <summary>Why there is none; null where there is one.</summary>
    public string? WhyAbsent { get; }

    public string ConnectionString { get; } = "";

    public string Address { get; } = "";

    public void Start()
    {
        // Commits do not wait by default, so that the ledger has to ask for it.
        var options = $"-c listen_addresses= -c unix_socket_directories={folder} -c synchronous_commit=off";
        AsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-l", Path.Combine(folder, "log"), "-o", options, "-w", "start");
        isRunning = true;
    }

    /// <summary>As a crash would.</summary>
    public void Stop()
    {
        AsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        isRunning = false;
    }

    public void Dispose()
    {
        if (WhyAbsent is not null) return;
        if (isRunning) Stop();
        Directory.Delete(folder, recursive: true);
    }

    private static string? Programs()
    {
        const string installed = "/usr/lib/postgresql";
        if (!Directory.Exists(installed)) return null;
        return Directory.GetDirectories(installed).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));
    }

    private void AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        if (Environment.IsPrivilegedProcess) Run("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", path, .. arguments]);
        else Run(path, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // The server inherits what pg_ctl writes to, so it is not read to its end: that would wait for the server.
        var output = Path.Combine(folder, "output");
        var start = new ProcessStartInfo("sh", ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, program, .. arguments]) { WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {File.ReadAllText(output)}");
    }
}
