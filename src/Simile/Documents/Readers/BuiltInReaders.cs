using System.Xml;
using Simile.Documents.Encodings;

namespace Simile.Documents.Readers;

/// <summary>The supported document formats, detected by their first bytes, not by file names.</summary>
internal static class BuiltInReaders
{
    private const int Head = 1024;

    /// <summary>
    /// Reads the text of a document. Throws <see cref="InvalidDataException"/> if it is damaged or encrypted, or has no text.
    /// </summary>
    public delegate DocumentText Reader(ReadOnlyMemory<byte> file, CancellationToken stop);

    /// <summary>The text of a document or of plain text, as in an attachment.</summary>
    public static DocumentText ReadAny(byte[] file, string name, CancellationToken stop)
    {
        var mediaType = MediaType.Of(name);
        if (mediaType != MediaType.Mail && Of(file, mediaType) is { } reader)
        {
            return reader(file, stop);
        }

        var decoded = TextDecoder.Decode(file, mediaType);
        return decoded.Refusal is { } refusal ? throw new InvalidDataException(refusal)
            : new DocumentText([new DocumentPart(null, [.. Document.Read(decoded.Text, mediaType).Blocks
                .Select(block => new DocumentBlock(block.Kind, block.Text.ToString()))])]);
    }

    /// <summary>The reader of a file; null if it is not a document.</summary>
    public static Reader? Of(ReadOnlySpan<byte> file, string mediaType) =>
        file[..Math.Min(file.Length, Head)].IndexOf("%PDF-"u8) >= 0 && mediaType is MediaType.PlainText or MediaType.Pdf ? PdfReader.Read
        : file.StartsWith("{\\rtf"u8) ? RtfReader.Read
        : file.StartsWith("PK\x03\x04"u8) ? ReadArchive
        : mediaType == MediaType.Mail || (mediaType == MediaType.PlainText && MailReader.Is(file)) ? MailReader.Read
        : null;

    private static DocumentText ReadArchive(ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        try
        {
            using var archive = new BoundedArchive(file, stop);
            return archive.Has("word/document.xml") ? WordReader.Read(archive)
                : archive.Has("xl/workbook.xml") ? SheetsReader.Read(archive)
                : archive.Has("ppt/presentation.xml") ? SlidesReader.Read(archive)
                : archive.Has("META-INF/container.xml") ? BookReader.Read(archive)
                : archive.Has("content.xml") ? OpenDocumentReader.Read(archive)
                : throw new InvalidDataException("it is a compressed archive: unpack it");
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"it is a damaged document ({e.Message.TrimEnd('.')})");
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith("it", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"it is damaged or incompletely copied ({e.Message.TrimEnd('.')})");
        }
    }
}
