namespace Understudy.Cli.Bench;

/// <summary>Starts a script of bench/peers and has it do its work once; null where it cannot, which is told.</summary>
/// <param name="script">Its file name.</param>
/// <param name="arguments">Its arguments after the number of threads and the device.</param>
internal delegate Peer? PeerStart(string script, params string[] arguments);
