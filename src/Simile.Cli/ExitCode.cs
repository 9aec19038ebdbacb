namespace Simile.Cli;

/// <summary>The exit codes of the process. docs/cli.md lists them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary>Success, but some items were skipped and reported.</summary>
    public const int SomeSkipped = 3;

    /// <summary>Ended by a signal: this plus the signal's number, as in shells (Ctrl-C: 130).</summary>
    public const int Signal = 128;
}
