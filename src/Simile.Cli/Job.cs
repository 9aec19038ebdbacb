namespace Simile.Cli;

/// <summary>What a verb is given beside its options: where to write, and when to stop.</summary>
internal sealed record Job(Terminal Terminal, CancellationToken Stop);
