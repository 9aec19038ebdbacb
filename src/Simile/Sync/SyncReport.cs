namespace Simile.Sync;

/// <summary>What <see cref="Corpus.SyncAsync"/> did.</summary>
/// <param name="Added">Files that are new.</param>
/// <param name="Updated">Files with new content.</param>
/// <param name="Unchanged">Files with the content they had.</param>
/// <param name="Removed">Files that are gone.</param>
/// <param name="Embedded">Passages, pictures and parts of sounds that got a new vector.</param>
/// <param name="Passages">Passages in the store after the run.</param>
/// <param name="Skipped">What could not be read or embedded, and why.</param>
public sealed record SyncReport(int Added, int Updated, int Unchanged, int Removed, int Embedded, int Passages, IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Pictures in the store after the run.</summary>
    public int Images { get; init; }

    /// <summary>Parts of sounds in the store after the run.</summary>
    public int Sounds { get; init; }
}

/// <summary>A file or folder that could not be read or embedded.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Reason">Why, and what can be done: a sentence.</param>
public readonly record struct SkippedFile(string Path, string Reason);

/// <summary>How far <see cref="Corpus.SyncAsync"/> is.</summary>
/// <param name="Files">Files looked at so far.</param>
/// <param name="TotalFiles">Files there are.</param>
/// <param name="Embedded">Passages, pictures and parts of sounds embedded so far.</param>
public readonly record struct SyncProgress(int Files, int TotalFiles, int Embedded);
