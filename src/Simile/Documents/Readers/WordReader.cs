using System.Globalization;
using System.Text;
using System.Xml;

namespace Simile.Documents.Readers;

/// <summary>Word documents (.docx): headings, paragraphs and tables, with the page numbers that Word last rendered.</summary>
internal sealed class WordReader(BoundedArchive archive)
{
    private const string Main = "word/document.xml";

    private readonly HashSet<string> _headings = [];
    private readonly List<DocumentPart> _parts = [];
    private readonly Stack<Table> _tables = [];
    private readonly StringBuilder _text = new();
    private List<DocumentBlock> _blocks = [];
    private string? _style;
    private bool _isHeading;
    private int _page = 1;

    private sealed class Table
    {
        public List<List<string>> Rows { get; } = [];

        public StringBuilder Cell { get; } = new();
    }

    public static DocumentText Read(BoundedArchive archive) => new WordReader(archive).Read();

    private DocumentText Read()
    {
        ReadStyles();
        foreach (var name in archive.Names.Where(IsText).OrderBy(name => name == Main ? 0 : 1).ToList())
        {
            using var xml = archive.Xml(name)!;
            while (xml.Read())
            {
                Take(xml);
            }
        }

        EndPage();
        return new DocumentText(_page == 1 ? [new DocumentPart(null, [.. _parts.SelectMany(part => part.Blocks)])] : _parts);
    }

    private static bool IsText(string name) => name is Main or "word/footnotes.xml" or "word/endnotes.xml" or "word/comments.xml";

    // Style names are localized. A heading is identified by its English name or its outline level.
    private void ReadStyles()
    {
        using var xml = archive.Xml("word/styles.xml");
        var style = string.Empty;
        while (xml?.Read() == true)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            style = xml.LocalName == "style" ? Attribute(xml, "styleId") ?? string.Empty : style;
            if ((xml.LocalName == "name" && Attribute(xml, "val") is { } name
                && (name.StartsWith("heading", StringComparison.OrdinalIgnoreCase)
                    || name.Equals("title", StringComparison.OrdinalIgnoreCase)))
                || (xml.LocalName == "outlineLvl" && Attribute(xml, "val") is [>= '0' and <= '8']))
            {
                _headings.Add(style);
            }
        }
    }

    private void Take(XmlReader xml)
    {
        if (xml.NodeType == XmlNodeType.Element)
        {
            Open(xml);
        }
        else if (xml.NodeType == XmlNodeType.EndElement)
        {
            Close(xml.LocalName);
        }
    }

    private void Open(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "p":
                (_style, _isHeading) = (null, false);
                if (xml.IsEmptyElement)
                {
                    Close("p");
                }

                break;
            case "pStyle":
                _style = Attribute(xml, "val");
                _isHeading = _style is not null
                    && (_headings.Contains(_style) || _style.StartsWith("Heading", StringComparison.OrdinalIgnoreCase));
                break;
            case "outlineLvl" when Attribute(xml, "val") is [>= '0' and <= '8']:
                _isHeading = true;
                break;
            case "t" when !xml.IsEmptyElement:
                _text.Append(Content(xml));
                break;
            case "tab":
                _text.Append(' ');
                break;
            case "br" or "cr":
                _text.Append('\n');
                EndPageIf(Attribute(xml, "type") == "page");
                break;
            case "lastRenderedPageBreak":
                EndPageIf(true);
                break;
            case "tbl":
                _tables.Push(new Table());
                break;
            case "tr" when _tables.TryPeek(out var table):
                table.Rows.Add([]);
                break;
            case "Fallback": // the same once more, for older programs
                xml.Skip();
                Take(xml);
                break;
        }
    }

    private void Close(string name)
    {
        switch (name)
        {
            case "p":
                EndParagraph();
                break;
            case "tc" when _tables.TryPeek(out var table) && table.Rows.Count > 0:
                table.Rows[^1].Add(table.Cell.ToString().Trim());
                table.Cell.Clear();
                break;
            case "tbl" when _tables.TryPop(out var done):
                if (_tables.TryPeek(out var around))
                {
                    around.Cell.AppendJoin('\n', TableText.Rows(done.Rows).Select(row => row.Text)).Append('\n');
                }
                else
                {
                    _blocks.AddRange(TableText.Rows(done.Rows));
                }

                break;
        }
    }

    private void EndParagraph()
    {
        var text = _text.ToString().Trim();
        _text.Clear();
        if (text.Length == 0)
        {
            return;
        }

        if (_tables.TryPeek(out var table))
        {
            table.Cell.Append(text).Append('\n');
        }
        else
        {
            _blocks.Add(new DocumentBlock(_isHeading ? BlockKind.Heading : BlockKind.Prose, text));
        }
    }

    // A page break in a table or at the start of a paragraph applies to what follows; the paragraph itself starts before it.
    private void EndPageIf(bool isBreak)
    {
        if (isBreak)
        {
            if (_text.Length == 0 || string.IsNullOrWhiteSpace(_text.ToString()))
            {
                EndPage();
            }

            _page++;
        }
    }

    private void EndPage()
    {
        if (_blocks.Count > 0)
        {
            _parts.Add(new DocumentPart(new DocumentPlace("page", _page.ToString(CultureInfo.InvariantCulture)), _blocks));
            _blocks = [];
        }
    }

    private static string Content(XmlReader xml)
    {
        var text = new StringBuilder();
        while (xml.Read() && xml.NodeType != XmlNodeType.EndElement)
        {
            text.Append(xml.Value);
        }

        return text.ToString();
    }

    private static string? Attribute(XmlReader xml, string name)
    {
        for (var found = xml.MoveToFirstAttribute(); found; found = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == name)
            {
                var value = xml.Value;
                xml.MoveToElement();
                return value;
            }
        }

        xml.MoveToElement();
        return null;
    }
}
