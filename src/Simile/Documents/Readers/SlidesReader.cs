using System.Globalization;
using System.Text;
using System.Xml;

namespace Simile.Documents.Readers;

/// <summary>PowerPoint presentations (.pptx): titles, texts, tables and notes, slide by slide.</summary>
internal static class SlidesReader
{
    private const string Main = "ppt/presentation.xml";

    public static DocumentText Read(BoundedArchive archive)
    {
        var parts = new List<DocumentPart>();
        foreach (var slide in Slides(archive))
        {
            var blocks = ReadPart(archive, slide);
            foreach (var notes in archive.Relationships(slide).Values
                .Where(target => target.StartsWith("ppt/notesSlides/", StringComparison.OrdinalIgnoreCase)))
            {
                blocks.AddRange(ReadPart(archive, notes));
            }

            parts.Add(new DocumentPart(new DocumentPlace("slide", (parts.Count + 1).ToString(CultureInfo.InvariantCulture)), blocks));
        }

        return new DocumentText(parts);
    }

    private static List<string> Slides(BoundedArchive archive)
    {
        var targets = archive.Relationships(Main);
        var slides = new List<string>();
        using var xml = archive.Xml(Main);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sldId"
                && RelationshipId(xml) is { } id && targets.TryGetValue(id, out var slide))
            {
                slides.Add(slide);
            }
        }

        return slides;
    }

    internal static string? RelationshipId(XmlReader xml) =>
        xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
            ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");

    private static List<DocumentBlock> ReadPart(BoundedArchive archive, string name)
    {
        var blocks = new List<DocumentBlock>();
        var text = new StringBuilder();
        List<List<string>>? rows = null;
        var (isTitle, isField) = (false, false);
        using var xml = archive.Xml(name);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "sp":
                        (isTitle, isField) = (false, false);
                        break;
                    case "ph":
                        isTitle = xml.GetAttribute("type") is "title" or "ctrTitle";
                        isField = xml.GetAttribute("type") is "sldNum" or "dt" or "ftr" or "hdr";
                        break;
                    case "tbl":
                        rows = [];
                        break;
                    case "tr":
                        rows?.Add([]);
                        break;
                    case "tc":
                        rows?.LastOrDefault()?.Add(string.Empty);
                        break;
                    case "br":
                        text.Append('\n');
                        break;
                    case "Fallback":
                        xml.Skip();
                        break;
                }
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(xml.Value);
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "p")
            {
                EndParagraph();
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "tbl" && rows is not null)
            {
                blocks.AddRange(TableText.Rows(rows));
                rows = null;
            }
        }

        return blocks;

        void EndParagraph()
        {
            var paragraph = text.ToString().Trim();
            text.Clear();
            if (paragraph.Length == 0 || isField)
            {
                return;
            }

            if (rows is [.., [.., _] row])
            {
                row[^1] = row[^1].Length == 0 ? paragraph : $"{row[^1]}\n{paragraph}";
            }
            else
            {
                blocks.Add(new DocumentBlock(isTitle ? BlockKind.Heading : BlockKind.Prose, paragraph));
            }
        }
    }
}
