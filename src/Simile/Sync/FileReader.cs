using System.Security.Cryptography;
using Simile.Documents;
using Simile.Passages;
using Simile.Storage;

namespace Simile.Sync;

/// <summary>Looks at files: what they hold now against what the store knows.</summary>
internal sealed class FileReader(CorpusModel model, SyncOptions options, IReadOnlyDictionary<string, FileRow> known)
{
    // Within this time a file can change again without a new time stamp.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly Lazy<PassageSplitter> _splitter = new(() => new PassageSplitter(model.CountTokens, options.MaxTokens));
    private readonly HashSet<string> _contents = [.. known.Values.Select(file => file.ContentKey)];

    public FileReading Read(string path)
    {
        var before = known.GetValueOrDefault(path);
        try
        {
            var info = new FileInfo(path);
            var mediaType = MediaType.Of(path);
            var kind = MediaType.Kind(mediaType);
            if (Recipe(kind, mediaType) is not { } recipe)
            {
                return new FileReading(FileState.Unfit, path, before) { Reason = $"it is {Name(kind)}, of which the model makes no vectors" };
            }

            var modified = Trusted(info.LastWriteTimeUtc);
            if (before is not null && modified != 0 && before.Modified == modified && before.Size == info.Length && before.Recipe == recipe)
            {
                return new FileReading(FileState.Unchanged, path, before);
            }

            var limit = kind == MediaKind.Text ? options.MaxFileBytes : options.MaxMediaBytes;
            if (info.Length > limit)
            {
                return new FileReading(FileState.Unfit, path, before) { Reason = $"it has {info.Length >> 20} MB, more than the limit of {limit >> 20} MB; split it" };
            }

            var row = new FileRow(path, mediaType, info.Length, modified, [], recipe) { Id = before?.Id ?? 0 };
            return kind == MediaKind.Text ? ReadText(path, before, row) : ReadMedia(path, before, row, kind);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileReading(FileState.Unread, path, before) { Reason = Why(e) };
        }
    }

    private string? Recipe(MediaKind kind, string mediaType) =>
        !model.Knows(kind) ? null
        : kind == MediaKind.Text ? $"{Document.RecipeVersion} {mediaType} {options.MaxTokens}"
        : $"{model.Recipe(kind)} {mediaType}";

    private static string Name(MediaKind kind) => kind switch
    {
        MediaKind.Image => "a picture",
        MediaKind.Sound => "a sound",
        _ => "a text",
    };

    private FileReading ReadText(string path, FileRow? before, FileRow row)
    {
        // Pipes and devices have no length: to open one could mean to wait for ever.
        var bytes = row.Size == 0 ? [] : ReadAll(path);
        row = row with { Size = bytes.Length, Hash = SHA256.HashData(bytes) };
        return before?.ContentKey == row.ContentKey ? new FileReading(FileState.Touched, path, before) { Row = row } : Decode(path, before, row, bytes);
    }

    // Pictures and sounds are read again by whoever embeds them: here they are only looked through, whatever their length.
    private static FileReading ReadMedia(string path, FileRow? before, FileRow row, MediaKind kind)
    {
        if (row.Size == 0)
        {
            return new FileReading(FileState.Unfit, path, before) { Reason = "it is empty" };
        }

        using var stream = Open(path);
        row = row with { Hash = SHA256.HashData(stream) };
        return new FileReading(before?.ContentKey == row.ContentKey ? FileState.Touched : FileState.Changed, path, before) { Kind = kind, Row = row };
    }

    /// <summary>Looks at the content of a picture or sound once more.</summary>
    public static FileReading ReadMedia(FileReading file)
    {
        try
        {
            var info = new FileInfo(file.Path);
            using var stream = Open(file.Path);
            var row = file.Row! with { Size = info.Length, Modified = Trusted(info.LastWriteTimeUtc), Hash = SHA256.HashData(stream) };
            return file with { Row = row };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return file with { State = FileState.Unread, Reason = Why(e) };
        }
    }

    private FileReading Decode(string path, FileRow? before, FileRow row, byte[] bytes)
    {
        if (!TextDecoder.TryDecode(bytes, out var text, out var reason))
        {
            return new FileReading(FileState.Unfit, path, before) { Reason = reason };
        }

        List<Passage> Cut() => _splitter.Value.Split(Document.Read(text, row.MediaType));
        return new FileReading(FileState.Changed, path, before) { Row = row, Cut = Cut, Passages = _contents.Contains(row.ContentKey) ? null : Cut() };
    }

    private byte[] ReadAll(string path)
    {
        using var stream = Open(path);
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

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static long Trusted(DateTime modified) => DateTime.UtcNow - modified > Settled ? modified.Ticks : 0;

    private static string Why(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it vanished while the folder was read",
        UnauthorizedAccessException => "it may not be read; see to its permissions",
        _ => $"it cannot be read: {e.Message}",
    };
}
