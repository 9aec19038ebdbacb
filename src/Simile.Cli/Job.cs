namespace Simile.Cli;

/// <summary>What a verb is given beside its options: where to write, and when to stop.</summary>
internal sealed record Job(Terminal Terminal, CancellationToken Stop)
{
    /// <summary>The result of a task. A verb has a thread of its own, so it may wait.</summary>
    public static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
