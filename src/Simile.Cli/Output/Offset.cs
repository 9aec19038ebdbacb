namespace Simile.Cli;

/// <summary>Reports progress within a chunk as progress of the whole.</summary>
internal sealed class Offset(ProgressLine whole, long before) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) => whole.Report(before + value);
}
