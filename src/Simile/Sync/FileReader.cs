using System.Security.Cryptography;
using System.Text;
using Simile.Documents;
using Simile.Documents.Encodings;
using Simile.Documents.Readers;
using Simile.Passages;
using Simile.Storage;
using Simile.Sync.Ignoring;
using Simile.Sync.Walk;

namespace Simile.Sync;

/// <summary>Compares files with what the store knows of them, and reads new content.</summary>
/// <param name="model">Tells which kinds of files to read, and counts tokens.</param>
/// <param name="options">Limits and encoding.</param>
/// <param name="known">The files known to the store, by path.</param>
/// <param name="walk">The files that were found.</param>
internal sealed class FileReader(CorpusModel model, SyncOptions options, IReadOnlyDictionary<string, FileRow> known, FileWalk walk)
{
    // Longer texts are split while they are embedded, so that their passages are never all in memory.
    private const int LargeText = 1 << 20;

    private const int Head = 4096;

    // Time limit of a document reader.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Within this time a file can change again without a new time stamp.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly Lazy<PassageSplitter> _splitter = new(() => new PassageSplitter(model.CountTokens, options.MaxTokens));
    private readonly HashSet<string> _contents = [.. known.Values.Select(file => file.ContentKey)];
    private readonly string[] _settings =
    [
        .. options.Encoding is { } encoding ? [encoding] : Array.Empty<string>(),
        .. options.Readers.Select(reader => reader.Recipe),
    ];
    private readonly Encoding? _encoding = options.Encoding is { } name ? TextEncodings.Named(name) : null;

    public FileReading Read(string path, CancellationToken stop)
    {
        var before = known.GetValueOrDefault(path);
        try
        {
            var mediaType = MediaType.Of(path);
            var kind = MediaType.Kind(mediaType);
            if (Recipe(kind, mediaType) is not { } recipe)
            {
                return Unfit(path, before, $"it is a {kind.Name()}, which the model does not embed");
            }

            using var file = OpenedFile.Of(path, walk.RawPaths.GetValueOrDefault(path));
            var modified = Trusted(file.Modified);
            if (before is not null && modified != 0 && before.Modified == modified && before.Size == file.Length && before.Recipe == recipe)
            {
                return new FileReading(FileState.Unchanged, path, before);
            }

            var limit = kind == MediaKind.Text ? options.MaxFileBytes : options.MaxMediaBytes;
            if (file.Length > limit)
            {
                return Unfit(path, before, TooLarge(limit));
            }

            var row = new FileRow(path, mediaType, file.Length, modified, [], recipe) { Id = before?.Id ?? 0 };
            return kind == MediaKind.Text ? ReadText(file, path, before, row, stop) : ReadMedia(file, path, before, row, kind);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileReading(FileState.Unread, path, before) { Reason = Why(e) };
        }
    }

    private static FileReading Unfit(string path, FileRow? before, string reason) => new(FileState.Unfit, path, before) { Reason = reason };

    private string? Recipe(MediaKind kind, string mediaType) =>
        !model.Knows(kind) ? null
        : kind == MediaKind.Text
            ? $"{Document.RecipeVersion} {mediaType} {options.MaxTokens}{string.Concat(_settings.Select(setting => $" {setting}"))}"
        : $"{model.Recipe(kind)} {mediaType}";

    private FileReading ReadText(OpenedFile file, string path, FileRow? before, FileRow row, CancellationToken stop)
    {
        if (file.ReadAll(options.MaxFileBytes, stop) is not { } bytes)
        {
            return Unfit(path, before, TooLarge(options.MaxFileBytes));
        }

        row = row with { Size = bytes.Length, Hash = SHA256.HashData(bytes) };
        return before?.ContentKey == row.ContentKey
            ? new FileReading(FileState.Touched, path, before) { Row = row }
            : Extract(path, before, row, bytes, stop);
    }

    private FileReading Extract(string path, FileRow? before, FileRow row, byte[] bytes, CancellationToken stop)
    {
        try
        {
            if (ReaderOf(path, row.MediaType, bytes) is not { } read)
            {
                return Decode(path, before, row, bytes);
            }

            var document = TimeLimit.Run(Patience, read, stop);
            var whole = Document.Of(document);
            return Cut(
                new FileReading(FileState.Changed, path, before)
                {
                    Row = row,
                    Remark = document.Remark,
                    Length = whole.Text.Length,
                    Parts = whole.Parts,
                },
                () => whole);
        }
        catch (InvalidDataException e)
        {
            return Unfit(path, before, e.Message);
        }
    }

    private Func<CancellationToken, DocumentText>? ReaderOf(string path, string mediaType, byte[] bytes)
    {
        foreach (var reader in options.Readers)
        {
            if (reader.Reads(path, bytes.AsSpan(0, Math.Min(bytes.Length, Head))))
            {
                return stop => reader.Read(bytes, path, stop);
            }
        }

        return BuiltInReaders.Of(bytes, mediaType) is { } builtIn ? stop => builtIn(bytes, stop) : null;
    }

    // Pictures and sounds are only hashed here; they are read again when they are embedded.
    private static FileReading ReadMedia(OpenedFile file, string path, FileRow? before, FileRow row, MediaKind kind)
    {
        if (file.IsRaw)
        {
            return Unfit(path, before, $"it is a {kind.Name()} whose name is not UTF-8: rename it");
        }

        if (row.Size == 0)
        {
            return Unfit(path, before, "it is empty");
        }

        row = row with { Hash = file.Hash() };
        return new FileReading(before?.ContentKey == row.ContentKey ? FileState.Touched : FileState.Changed, path, before)
        {
            Kind = kind,
            Row = row,
        };
    }

    /// <summary>Hashes the content of a picture or sound again.</summary>
    public static FileReading ReadMedia(FileReading file)
    {
        try
        {
            using var opened = OpenedFile.Of(file.Path, raw: null);
            return file with { Row = file.Row! with { Size = opened.Length, Modified = Trusted(opened.Modified), Hash = opened.Hash() } };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return file with { State = FileState.Unread, Reason = Why(e) };
        }
    }

    private FileReading Decode(string path, FileRow? before, FileRow row, byte[] bytes)
    {
        var decoded = TextDecoder.Decode(bytes, row.MediaType, _encoding);
        if (decoded.Refusal is { } refusal)
        {
            return Unfit(path, before, refusal);
        }

        if (!options.ReadIgnored && !walk.IsNamed(path) && GeneratedFiles.IsContent(decoded.Text, row.MediaType))
        {
            return new FileReading(FileState.LeftOut, path, before);
        }

        return Cut(
            new FileReading(FileState.Changed, path, before) { Row = row, Remark = decoded.Remark, Length = decoded.Text.Length },
            () => Document.Read(decoded.Text, row.MediaType));
    }

    private FileReading Cut(FileReading reading, Func<Document> document)
    {
        IEnumerable<Passage> Passages() => _splitter.Value.Split(document());
        return reading.Length >= LargeText
            ? reading with { IsLarge = true, Cut = Passages }
            : reading with { Cut = Passages, Passages = _contents.Contains(reading.Row!.ContentKey) ? null : [.. Passages()] };
    }

    private static long Trusted(DateTime modified) => DateTime.UtcNow - modified > Settled ? modified.Ticks : 0;

    private static string TooLarge(long limit) =>
        $"it has more than the limit of {(limit >= 1 << 20 ? $"{limit >> 20} MB" : $"{limit:N0} bytes")}: split it";

    private static string Why(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it vanished while the folder was read",
        UnauthorizedAccessException => "it cannot be read: check its permissions",
        _ => $"it cannot be read: {e.Message}",
    };
}
