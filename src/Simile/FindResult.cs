using Simile.Sync;

namespace Simile;

/// <summary>The answer of <see cref="CorpusCache.FindAsync"/>.</summary>
/// <param name="Report">What the synchronization did.</param>
/// <param name="Hits">Best first.</param>
/// <param name="Kinds">What the model makes vectors of.</param>
public sealed record FindResult(SyncReport Report, IReadOnlyList<CorpusHit> Hits, IReadOnlyList<MediaKind> Kinds)
{
    /// <summary>Why nothing is kept for the next search; null where the cache was used, or was not wanted.</summary>
    public Exception? NotCached { get; init; }

    /// <summary>Why the cache that was there was deleted and made anew: it was damaged, or of a newer version; null where it was not.</summary>
    public Exception? Renewed { get; init; }
}
