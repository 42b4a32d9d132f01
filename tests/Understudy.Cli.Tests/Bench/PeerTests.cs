using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class PeerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("understudy-peer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Answers_each_request()
    {
        using var peer = Peer.Start(Python("while read -r step n; do echo \"{\\\"seconds\\\": 0.5, \\\"steps\\\": $n, \\\"rss_mib\\\": 12.5}\"; done"), "dcgan_step.py");

        Assert.Equal(new PeerAnswer(0.5, 3, 12.5), peer.Run(3));
        Assert.Equal(new PeerAnswer(0.5, 4, 12.5), peer.Run(4));
    }

    [Fact]
    public void Peer_that_ends_is_told_in_its_last_words()
    {
        using var peer = Peer.Start(Python("echo Traceback >&2; echo \"ModuleNotFoundError: No module named 'torch'\" >&2; exit 1"), "dcgan_step.py");

        var exception = Assert.Throws<InvalidOperationException>(() => peer.Run(1));

        Assert.Equal("the peer ended: ModuleNotFoundError: No module named 'torch'", exception.Message);
    }

    [Fact]
    public void Script_and_arguments_are_handed_over()
    {
        using var peer = Peer.Start(Python($"echo \"$*\" >'{folder}/arguments'; exit 1"), "op_overhead.py", "3", "cpu");
        Assert.Throws<InvalidOperationException>(() => peer.Run(1));

        Assert.EndsWith("bench/peers/op_overhead.py 3 cpu\n", File.ReadAllText(Path.Combine(folder, "arguments")));
    }

    private string Python(string body)
    {
        var path = Path.Combine(folder, "python");
        File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
