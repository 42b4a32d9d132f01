namespace Understudy.Cli.Tests.Bench;

/// <summary>Tests that read figures of the whole process, which tests beside them would change.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
