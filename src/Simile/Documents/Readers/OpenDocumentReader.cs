using System.Text;
using System.Xml;

namespace Simile.Documents.Readers;

/// <summary>OpenDocument texts, sheets and presentations (.odt, .ods, .odp).</summary>
internal static class OpenDocumentReader
{
    private const int MostRepeats = 100;

    public static DocumentText Read(BoundedArchive archive)
    {
        if (System.Text.Encoding.UTF8.GetString(archive.Bytes("META-INF/manifest.xml"))
            .Contains("encryption-data", StringComparison.Ordinal))
        {
            throw new InvalidDataException("it is encrypted: save it without its password");
        }

        var parts = new List<DocumentPart>();
        var (blocks, text) = (new List<DocumentBlock>(), new StringBuilder());
        DocumentPlace? place = null;
        List<List<string>>? rows = null;
        var (pages, repeats) = (0, 1);
        using var xml = archive.Xml("content.xml");
        while (xml?.Read() == true)
        {
            switch (xml.NodeType, xml.LocalName)
            {
                case (XmlNodeType.Element, "page"):
                    EndPart(new DocumentPlace("slide", $"{++pages}"));
                    break;
                case (XmlNodeType.Element, "table"):
                    if (xml.GetAttribute("table:name") is { } name && blocks.Count == 0 && text.Length == 0
                        && rows is null && place is null or { Kind: "sheet" } && IsSheet(archive))
                    {
                        EndPart(new DocumentPlace("sheet", name));
                    }

                    rows ??= [];
                    break;
                case (XmlNodeType.Element, "table-row"):
                    rows?.Add([]);
                    break;
                case (XmlNodeType.Element, "table-cell"):
                    repeats = int.TryParse(xml.GetAttribute("table:number-columns-repeated"), out var count)
                        ? Math.Clamp(count, 1, MostRepeats)
                        : 1;
                    if (xml.IsEmptyElement)
                    {
                        EndCell();
                    }

                    break;
                case (XmlNodeType.Element, "s"):
                    text.Append(' ');
                    break;
                case (XmlNodeType.Element, "tab" or "line-break"):
                    text.Append(xml.LocalName == "tab" ? ' ' : '\n');
                    break;
                case (XmlNodeType.Element, "tracked-changes"):
                    xml.Skip();
                    break;
                case (XmlNodeType.Text or XmlNodeType.SignificantWhitespace, _):
                    text.Append(xml.Value);
                    break;
                case (XmlNodeType.EndElement, "p" or "h") when rows is null:
                    EndParagraph(xml.LocalName == "h");
                    break;
                case (XmlNodeType.EndElement, "p"):
                    text.Append('\n');
                    break;
                case (XmlNodeType.EndElement, "table-cell"):
                    EndCell();
                    break;
                case (XmlNodeType.EndElement, "table") when rows is not null:
                    blocks.AddRange(TableText.Rows(rows));
                    rows = null;
                    break;
            }
        }

        EndPart(null);
        return new DocumentText(parts);

        void EndParagraph(bool isHeading)
        {
            if (text.ToString().Trim() is { Length: > 0 } paragraph)
            {
                blocks.Add(new DocumentBlock(isHeading ? BlockKind.Heading : BlockKind.Prose, paragraph));
            }

            text.Clear();
        }

        void EndCell()
        {
            if (rows is [.., var row])
            {
                for (var i = 0; i < repeats; i++)
                {
                    row.Add(text.ToString().Trim());
                }

                text.Clear();
            }
        }

        void EndPart(DocumentPlace? next)
        {
            if (blocks.Count > 0)
            {
                parts.Add(new DocumentPart(place, blocks));
                blocks = [];
            }

            place = next;
        }
    }

    private static bool IsSheet(BoundedArchive archive) =>
        System.Text.Encoding.ASCII.GetString(archive.Bytes("mimetype")).Contains("spreadsheet", StringComparison.Ordinal);
}
