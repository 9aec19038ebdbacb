namespace Simile.Sync;

/// <summary>The result of <see cref="Corpus.SyncAsync"/>.</summary>
/// <param name="Added">Number of new files.</param>
/// <param name="Updated">Number of files with new content.</param>
/// <param name="Unchanged">Number of unchanged files.</param>
/// <param name="Removed">Number of deleted files.</param>
/// <param name="Embedded">Number of passages, pictures and parts of sounds with a new vector.</param>
/// <param name="Passages">Number of passages in the store after the run.</param>
/// <param name="Skipped">The files that could not be read or embedded, wholly or in part, with reasons.</param>
public sealed record SyncReport(
    int Added, int Updated, int Unchanged, int Removed, int Embedded, int Passages, IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Number of pictures in the store after the run.</summary>
    public int Images { get; init; }

    /// <summary>Number of sound parts in the store after the run.</summary>
    public int Sounds { get; init; }

    /// <summary>Number of passages of this run that were left out, because the model knows no word of them: their vector is zero.</summary>
    public int UnknownPassages { get; init; }

    /// <summary>Remarks about files that were read: the encoding was guessed, or characters were damaged.</summary>
    public IReadOnlyList<FileRemark> Remarks { get; init; } = [];

    /// <summary>What was left out on purpose.</summary>
    public LeftOut LeftOut { get; init; }
}

/// <summary>A remark about a file that was read, for the user.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Text">A sentence.</param>
public readonly record struct FileRemark(string Path, string Text);

/// <summary>Counts of what was left out on purpose, without hidden files.</summary>
/// <param name="Ignored">Files and folders that .gitignore, .ignore or .simileignore excludes.</param>
/// <param name="Folders">Folders such as node_modules.</param>
/// <param name="Generated">Files that a program wrote: minified files, lock files, designer code.</param>
public readonly record struct LeftOut(int Ignored, int Folders, int Generated)
{
    /// <summary>The total.</summary>
    public int Count => Ignored + Folders + Generated;
}

/// <summary>A file or folder that could not be read or embedded.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Reason">The reason and what can be done, as a sentence.</param>
public readonly record struct SkippedFile(string Path, string Reason);

/// <summary>Progress of <see cref="Corpus.SyncAsync"/>.</summary>
/// <param name="Files">Number of files processed so far.</param>
/// <param name="TotalFiles">Number of files in total.</param>
/// <param name="Embedded">Number of passages, pictures and parts of sounds embedded so far.</param>
public readonly record struct SyncProgress(int Files, int TotalFiles, int Embedded)
{
    /// <summary>The large file that is being embedded; null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>The completed share of <see cref="File"/>, 0 to 1.</summary>
    public double PartOfFile { get; init; }
}
