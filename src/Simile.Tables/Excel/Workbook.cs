using System.Globalization;
using System.Text;
using System.Xml;

namespace Simile.Tables;

/// <summary>An Excel workbook (.xlsx): reads the rows of each sheet one by one as text; dates as yyyy-MM-dd.</summary>
/// <remarks>Keeps the shared strings of the workbook in memory. The archive is not owned, so not disposed.</remarks>
internal sealed class Workbook
{
    private const string Main = "xl/workbook.xml";
    private const int MostColumns = 16_384;

    private readonly BoundedArchive _archive;
    private readonly List<string> _shared = [];
    private readonly List<bool> _isDate = [];
    private readonly List<(string Name, string Entry)> _sheets = [];
    private bool _from1904;

    /// <exception cref="InvalidDataException">The archive exceeds the limit on its unpacked size.</exception>
    public Workbook(BoundedArchive archive)
    {
        _archive = archive;
        ReadShared();
        ReadStyles();
        var targets = archive.Relationships(Main);
        foreach (var (name, id) in ReadSheets())
        {
            if (targets.TryGetValue(id, out var entry))
            {
                _sheets.Add((name, entry));
            }
        }
    }

    /// <summary>The names of the sheets, in their order.</summary>
    public IReadOnlyList<string> Sheets => [.. _sheets.Select(sheet => sheet.Name)];

    /// <summary>The rows of a sheet; each row ends with its last nonempty cell.</summary>
    /// <param name="sheet">Its number, from 0.</param>
    public IEnumerable<List<string>> Rows(int sheet)
    {
        List<string>? row = null;
        using var xml = _archive.Xml(_sheets[sheet].Entry);
        while (xml?.Read() == true)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                if (row is not null)
                {
                    yield return row;
                }

                row = [];
            }
            else if (xml.LocalName == "c" && row is not null && !xml.IsEmptyElement)
            {
                AddCell(xml, row);
            }
        }

        if (row is not null)
        {
            yield return row;
        }
    }

    private List<(string Name, string Id)> ReadSheets()
    {
        var sheets = new List<(string, string)>();
        using var xml = _archive.Xml(Main);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "workbookPr")
            {
                _from1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet" && RelationshipId(xml) is { } id)
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
        using var xml = _archive.Xml("xl/sharedStrings.xml");
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

    // A number is a date if its number format is a date format.
    private void ReadStyles()
    {
        var dates = new HashSet<int> { 14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47 };
        var isCell = false;
        using var xml = _archive.Xml("xl/styles.xml");
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt"
                && Number(xml, "numFmtId") is { } id && IsDate(xml.GetAttribute("formatCode") ?? string.Empty))
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
        "s" =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count
                ? _shared[index]
                : string.Empty,
        "b" => text == "1" ? "true" : "false",
        null or "n" when style < _isDate.Count && _isDate[style] && double.TryParse(text, CultureInfo.InvariantCulture, out var day) =>
            Date(day),
        null or "n" when double.TryParse(text, CultureInfo.InvariantCulture, out var number) =>
            number.ToString("0.###############", CultureInfo.InvariantCulture),
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
        return date.ToString(
            day < 1 ? "HH:mm:ss" : date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
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

    private static string? RelationshipId(XmlReader xml) =>
        xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
            ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
}
