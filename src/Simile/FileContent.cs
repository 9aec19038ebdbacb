using Simile.Documents;
using Simile.Documents.Readers;

namespace Simile;

/// <summary>What files hold.</summary>
public static class FileContent
{
    private const int LargestText = 64 << 20;

    // Time limit of a document reader.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What the name of a file says that it holds: a picture, a sound, or, where it says nothing else, text.</summary>
    public static MediaKind Kind(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return MediaType.Kind(MediaType.Of(path));
    }

    /// <summary>
    /// The text of a file by its parts, as passages count their lines: the pages, slides or sheets of a document, or one part for any other
    /// file.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It has no text, is damaged or encrypted, or has more than 64 MB.</exception>
    public static IReadOnlyList<FilePart> ReadParts(string path, CancellationToken cancellationToken = default)
    {
        var bytes = ReadBytes(path);
        if (BuiltInReaders.Of(bytes, MediaType.Of(path)) is not { } reader)
        {
            return [new FilePart(null, Decode(path, bytes))];
        }

        try
        {
            var document = TimeLimit.Run(Patience, stop => reader(bytes, stop), cancellationToken);
            return [.. document.Parts.Select(part => new FilePart(part.Place, Document.Of(new DocumentText([part])).Text.TrimEnd('\n')))];
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The text of a file, in whatever encoding it is.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is no text, or has more than 64 MB.</exception>
    public static string ReadText(string path)
    {
        return Decode(path, ReadBytes(path));
    }

    private static byte[] ReadBytes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        return new FileInfo(path).Length > LargestText
            ? throw new InvalidDataException($"{path} has more than {LargestText >> 20} MB; split it.")
            : File.ReadAllBytes(path);
    }

    private static string Decode(string path, byte[] bytes)
    {
        var decoded = TextDecoder.Decode(bytes, MediaType.Of(path));
        return decoded.Refusal is null ? decoded.Text : throw new InvalidDataException($"{path}: {decoded.Refusal}");
    }
}
