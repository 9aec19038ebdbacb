using Simile.Sync;

namespace Simile;

/// <summary>The result of <see cref="CorpusCache.FindAsync"/>.</summary>
/// <param name="Report">The report of the synchronization.</param>
/// <param name="Hits">Best first.</param>
/// <param name="Kinds">The media kinds that the model embeds.</param>
public sealed record FindResult(SyncReport Report, IReadOnlyList<CorpusHit> Hits, IReadOnlyList<MediaKind> Kinds)
{
    /// <summary>The reason why nothing was cached; null if the cache was used or not wanted.</summary>
    public Exception? NotCached { get; init; }

    /// <summary>
    /// Why the existing cache was deleted and rebuilt, because it was damaged or of a newer version; null if it was not.
    /// </summary>
    public Exception? Renewed { get; init; }
}
