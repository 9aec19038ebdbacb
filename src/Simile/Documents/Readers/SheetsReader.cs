using System.Globalization;
using System.Text;
using System.Xml;

namespace Simile.Documents.Readers;

/// <summary>Excel workbooks (.xlsx): each row with the names of its columns, sheet by sheet; dates as people write them.</summary>
internal sealed class SheetsReader(BoundedArchive archive)
{
    private const string Main = "xl/workbook.xml";
    private const int MostColumns = 16_384;

    private readonly List<string> _shared = [];
    private readonly List<bool> _isDate = [];
    private bool _from1904;

    public static DocumentText Read(BoundedArchive archive) => new SheetsReader(archive).Read();

    private DocumentText Read()
    {
        ReadShared();
        ReadStyles();
        var targets = archive.Relationships(Main);
        var parts = new List<DocumentPart>();
        foreach (var (name, id) in Sheets())
        {
            if (targets.TryGetValue(id, out var sheet))
            {
                parts.Add(new DocumentPart(new DocumentPlace("sheet", name), [.. TableText.Rows(Rows(sheet))]));
            }
        }

        return new DocumentText(parts);
    }

    private List<(string Name, string Id)> Sheets()
    {
        var sheets = new List<(string, string)>();
        using var xml = archive.Xml(Main);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "workbookPr")
            {
                _from1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet" && SlidesReader.RelationshipId(xml) is { } id)
            {
                sheets.Add((xml.GetAttribute("name") ?? id, id));
            }
        }

        return sheets;
    }

    private void ReadShared()
    {
        var text = new StringBuilder();
        var isPhonetic = false;
        using var xml = archive.Xml("xl/sharedStrings.xml");
        while (xml?.Read() == true)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh":
                    isPhonetic = !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "rPh":
                    isPhonetic = false;
                    break;
                case XmlNodeType.Element when xml.LocalName == "si" && xml.IsEmptyElement:
                    _shared.Add(string.Empty);
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "si":
                    _shared.Add(text.ToString());
                    text.Clear();
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when !isPhonetic:
                    text.Append(xml.Value);
                    break;
            }
        }
    }

    // A number is a date where its format says so.
    private void ReadStyles()
    {
        var dates = new HashSet<int> { 14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47 };
        var isCell = false;
        using var xml = archive.Xml("xl/styles.xml");
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt" && Number(xml, "numFmtId") is { } id && IsDate(xml.GetAttribute("formatCode") ?? string.Empty))
            {
                dates.Add(id);
            }
            else if (xml.LocalName == "cellXfs")
            {
                isCell = xml.NodeType == XmlNodeType.Element;
            }
            else if (isCell && xml.NodeType == XmlNodeType.Element && xml.LocalName == "xf")
            {
                _isDate.Add(dates.Contains(Number(xml, "numFmtId") ?? 0));
            }
        }
    }

    private static bool IsDate(string format)
    {
        var quoted = false;
        var bracketed = false;
        foreach (var c in format)
        {
            quoted ^= c == '"';
            bracketed = c == '[' || (bracketed && c != ']');
            if (!quoted && !bracketed && c is 'd' or 'D' or 'y' or 'Y' or 'h' or 'H')
            {
                return true;
            }
        }

        return false;
    }

    private List<List<string>> Rows(string sheet)
    {
        var rows = new List<List<string>>();
        using var xml = archive.Xml(sheet);
        while (xml?.Read() == true)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                rows.Add([]);
            }
            else if (xml.LocalName == "c" && rows.Count > 0 && !xml.IsEmptyElement)
            {
                AddCell(xml, rows[^1]);
            }
        }

        return rows;
    }

    private void AddCell(XmlReader xml, List<string> row)
    {
        var column = Column(xml.GetAttribute("r"), row.Count);
        var (type, style) = (xml.GetAttribute("t"), Number(xml, "s") ?? 0);
        var text = new StringBuilder();
        var depth = xml.Depth;
        var isValue = false;
        while (xml.Read() && xml.Depth > depth)
        {
            isValue = xml.NodeType == XmlNodeType.Element ? xml.LocalName is "v" or "t" : isValue && xml.NodeType != XmlNodeType.EndElement;
            if (isValue && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
            {
                text.Append(xml.Value);
            }
        }

        while (row.Count < column)
        {
            row.Add(string.Empty);
        }

        if (column < MostColumns)
        {
            row.Add(Value(text.ToString(), type, style));
        }
    }

    private string Value(string text, string? type, int style) => type switch
    {
        "s" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count ? _shared[index] : string.Empty,
        "b" => text == "1" ? "true" : "false",
        null or "n" when style < _isDate.Count && _isDate[style] && double.TryParse(text, CultureInfo.InvariantCulture, out var day) => Date(day),
        null or "n" when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number.ToString("0.###############", CultureInfo.InvariantCulture),
        _ => text,
    };

    private string Date(double day)
    {
        day += _from1904 ? 1462 : 0;
        if (day is < 0 or > 2_958_465)
        {
            return day.ToString(CultureInfo.InvariantCulture);
        }

        var date = DateTime.FromOADate(day);
        return date.ToString(day < 1 ? "HH:mm:ss" : date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static int Column(string? reference, int next)
    {
        var column = 0;
        foreach (var c in reference ?? string.Empty)
        {
            if (!char.IsAsciiLetterUpper(c) || column > MostColumns)
            {
                break;
            }

            column = (column * 26) + c - 'A' + 1;
        }

        return column == 0 ? next : Math.Min(column - 1, MostColumns);
    }

    private static int? Number(XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
