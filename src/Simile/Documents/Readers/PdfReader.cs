using System.Globalization;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Simile.Documents.Readers;

/// <summary>PDF: the text of each page in reading order.</summary>
internal static partial class PdfReader
{
    private const int MostNesting = 128;

    public static DocumentText Read(ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        try
        {
            using var document = PdfDocument.Open(
                file.ToArray(), new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = MostNesting });
            return Read(document, stop);
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new InvalidDataException("it is encrypted: save it without its password");
        }
        catch (Exception e) when (e is not (OperationCanceledException or InvalidDataException or OutOfMemoryException))
        {
            // For damaged files the parser throws any kind of exception.
            throw new InvalidDataException($"it is a damaged PDF ({e.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.')})");
        }
    }

    private static DocumentText Read(PdfDocument document, CancellationToken stop)
    {
        var parts = new List<DocumentPart>();
        var (unread, empty) = (0, 0);
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                var text = Hyphens().Replace(ContentOrderTextExtractor.GetText(document.GetPage(number), addDoubleNewline: true), "$1$2");
                empty += string.IsNullOrWhiteSpace(text) ? 1 : 0;
                var blocks = ProseReader.Read(text).Select(block => new DocumentBlock(block.Kind, block.Text.ToString()));
                parts.Add(new DocumentPart(new DocumentPlace("page", number.ToString(CultureInfo.InvariantCulture)), [.. blocks]));
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
            {
                unread++;
            }
        }

        return empty + unread < document.NumberOfPages ? new DocumentText(parts) { Remark = Remark(document.NumberOfPages, empty, unread) }
            : unread > 0 ? throw new InvalidDataException("it is a damaged PDF: none of its pages can be read")
            : throw new InvalidDataException(
                $"it has no text, only pictures ({document.NumberOfPages:N0} scanned pages): run text recognition (OCR) on it");
    }

    private static string Remark(int pages, int empty, int unread) =>
        unread > 0 ? $"{unread:N0} of its {pages:N0} pages are damaged and were not read"
        : empty > 1 && empty * 4 > pages ? $"{empty:N0} of its {pages:N0} pages have no text: they may be scanned"
        : string.Empty;

    [GeneratedRegex(@"(\p{Ll})[-\u00AD]\r?\n(\p{Ll})")]
    private static partial Regex Hyphens();
}
