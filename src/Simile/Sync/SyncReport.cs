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

    /// <summary>Remarks about files that were read: the encoding was guessed, or characters were damaged.</summary>
    public IReadOnlyList<FileRemark> Remarks { get; init; } = [];

    /// <summary>What was passed over on purpose.</summary>
    public LeftOut LeftOut { get; init; }
}

/// <summary>A remark about a file that was read, for the user.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">A sentence.</param>
public readonly record struct FileRemark(string Path, string Text);

/// <summary>How much was passed over on purpose; hidden files are not counted.</summary>
/// <param name="Ignored">Files and folders that .gitignore, .ignore or .simileignore names.</param>
/// <param name="Folders">Folders such as node_modules.</param>
/// <param name="Generated">Files that a program wrote: minified, locks, designer code.</param>
public readonly record struct LeftOut(int Ignored, int Folders, int Generated)
{
    /// <summary>All together.</summary>
    public int Count => Ignored + Folders + Generated;
}

/// <summary>A file or folder that could not be read or embedded.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Reason">Why, and what can be done: a sentence.</param>
public readonly record struct SkippedFile(string Path, string Reason);

/// <summary>How far <see cref="Corpus.SyncAsync"/> is.</summary>
/// <param name="Files">Files looked at so far.</param>
/// <param name="TotalFiles">Files there are.</param>
/// <param name="Embedded">Passages, pictures and parts of sounds embedded so far.</param>
public readonly record struct SyncProgress(int Files, int TotalFiles, int Embedded)
{
    /// <summary>The large file that is being embedded; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>How much of <see cref="File"/> is done: 0 to 1.</summary>
    public double PartOfFile { get; init; }
}
