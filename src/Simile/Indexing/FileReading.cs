using System.Security.Cryptography;
using Simile.Documents;
using Simile.Passages;
using Simile.Storage;

namespace Simile.Indexing;

/// <summary>What became of a file that was looked at.</summary>
internal enum FileState
{
    /// <summary>Content, size and time are as they were.</summary>
    Unchanged,

    /// <summary>The content is as it was, size or time are not.</summary>
    Touched,

    /// <summary>New, or with new content.</summary>
    Changed,

    /// <summary>It holds nothing that can be indexed: what was known of it goes.</summary>
    Unfit,

    /// <summary>It could not be read this time: what was known of it stays.</summary>
    Unread,
}

/// <summary>A file that was looked at.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Known">What the store knows of it; null for a new one.</param>
internal sealed record FileReading(FileState State, string Path, FileRow? Known)
{
    /// <summary>What is to be stored.</summary>
    public FileRow? Row { get; init; }

    /// <summary>Why it is unfit or unread.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Cuts the content; asked for at most once.</summary>
    public Func<List<Passage>>? Cut { get; init; }

    /// <summary>The passages; null where another file with the same content is thought to be in the store.</summary>
    public List<Passage>? Passages { get; init; }
}

/// <summary>Looks at files: what they hold now against what the store knows.</summary>
internal sealed class FileReader(PassageSplitter splitter, IndexOptions options, IReadOnlyDictionary<string, FileRow> known)
{
    // Within this time a file can change again without a new time stamp.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _contents = [.. known.Values.Select(file => file.ContentKey)];

    public FileReading Read(string path)
    {
        var before = known.GetValueOrDefault(path);
        try
        {
            var info = new FileInfo(path);
            var mediaType = MediaType.Of(path);
            var recipe = $"{Document.RecipeVersion} {mediaType} {options.MaxTokens}";
            var modified = Trusted(info.LastWriteTimeUtc);
            if (before is not null && modified != 0 && before.Modified == modified && before.Size == info.Length && before.Recipe == recipe)
            {
                return new FileReading(FileState.Unchanged, path, before);
            }

            if (info.Length > options.MaxFileBytes)
            {
                return new FileReading(FileState.Unfit, path, before)
                {
                    Reason = $"it has {info.Length >> 20} MB, more than the limit of {options.MaxFileBytes >> 20} MB; split it",
                };
            }

            // Pipes and devices have no length: to open one could mean to wait for ever.
            var bytes = info.Length == 0 ? [] : ReadAll(path);
            var row = new FileRow(path, mediaType, bytes.Length, modified, SHA256.HashData(bytes), recipe) { Id = before?.Id ?? 0 };
            return before?.ContentKey == row.ContentKey ? new FileReading(FileState.Touched, path, before) { Row = row } : Decode(path, before, row, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileReading(FileState.Unread, path, before) { Reason = Why(e) };
        }
    }

    private FileReading Decode(string path, FileRow? before, FileRow row, byte[] bytes)
    {
        if (!TextDecoder.TryDecode(bytes, out var text, out var reason))
        {
            return new FileReading(FileState.Unfit, path, before) { Reason = reason };
        }

        List<Passage> Cut() => splitter.Split(Document.Read(text, row.MediaType));
        return new FileReading(FileState.Changed, path, before) { Row = row, Cut = Cut, Passages = _contents.Contains(row.ContentKey) ? null : Cut() };
    }

    private byte[] ReadAll(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        using var content = new MemoryStream((int)Math.Min(stream.Length, options.MaxFileBytes));
        var buffer = new byte[81920];
        for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            if (content.Length + count > options.MaxFileBytes)
            {
                throw new IOException("it grew beyond the limit while it was read");
            }

            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    private static long Trusted(DateTime modified) => DateTime.UtcNow - modified > Settled ? modified.Ticks : 0;

    private static string Why(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it vanished while the folder was read",
        UnauthorizedAccessException => "it may not be read; see to its permissions",
        _ => $"it cannot be read: {e.Message}",
    };
}
