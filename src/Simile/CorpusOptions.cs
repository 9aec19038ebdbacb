using Microsoft.Extensions.Logging;
using Simile.Sync;

namespace Simile;

/// <summary>How a <see cref="Corpus"/> is opened, how it reads files, and where it logs.</summary>
public sealed record CorpusOptions
{
    /// <summary>With read access, any number of processes can share a corpus.</summary>
    public CorpusAccess Access { get; init; } = CorpusAccess.ReadWrite;

    /// <summary>Whether to load the text network in the background on opening. Useful for programs that search first.</summary>
    public bool PreloadTexts { get; init; }

    /// <summary>How files are read and split.</summary>
    public SyncOptions Sync { get; init; } = new();

    /// <summary>Logs operations, without texts; null for no log.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
