using Microsoft.Extensions.Logging;
using Simile.Sync;

namespace Simile;

/// <summary>How a <see cref="Corpus"/> is opened.</summary>
public sealed record CorpusOptions
{
    /// <summary>For reading only, any number of processes share a corpus.</summary>
    public CorpusAccess Access { get; init; } = CorpusAccess.ReadWrite;

    /// <summary>Whether the network for texts is loaded in the background as the corpus opens, as a program wants whose first act is a search.</summary>
    public bool PreloadTexts { get; init; }

    /// <summary>How files are read and cut.</summary>
    public SyncOptions Sync { get; init; } = new();

    /// <summary>Receives what the corpus did, without the texts; null for nobody.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
