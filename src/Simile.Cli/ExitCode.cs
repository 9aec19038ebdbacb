namespace Simile.Cli;

/// <summary>What the process says when it ends; docs/cli.md lists them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary>The work is done, but for some items that were reported and skipped.</summary>
    public const int SomeSkipped = 3;

    /// <summary>Ended by a signal: this and the signal's number, as shells have it (Ctrl-C: 130).</summary>
    public const int Signal = 128;
}
