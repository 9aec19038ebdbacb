namespace Simile.Cli;

/// <summary>The context of a verb: where to write, and when to stop.</summary>
internal sealed record Job(Terminal Terminal, CancellationToken Stop)
{
    /// <summary>Waits for a task. A verb has its own thread, so it may block.</summary>
    public static void Wait(Task task) => task.GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait(Task)"/>
    public static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
