using System.IO.Compression;
using System.Text;

namespace Simile.Testing;

/// <summary>Small documents as their programs write them.</summary>
internal static class DocumentFiles
{
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A Word document from the inside of its body.</summary>
    public static byte[] Docx(string body) => Zip(
        ("word/styles.xml",
            $"<w:styles xmlns:w='{Word}'><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style></w:styles>"),
        ("word/document.xml", $"<w:document xmlns:w='{Word}'><w:body>{body}</w:body></w:document>"));

    /// <summary>A presentation, each slide from the inside of its tree of shapes.</summary>
    public static byte[] Pptx(params string[] slides) => Zip(
    [
        ("ppt/presentation.xml",
            $"<p:presentation xmlns:p='p' xmlns:r='{Relations}'>"
            + $"<p:sldIdLst>{string.Concat(slides.Select((_, i) => $"<p:sldId r:id='r{i}'/>"))}</p:sldIdLst></p:presentation>"),
        ("ppt/_rels/presentation.xml.rels",
            "<Relationships>"
            + string.Concat(slides.Select((_, i) => $"<Relationship Id='r{i}' Target='slides/slide{slides.Length - i}.xml'/>"))
            + "</Relationships>"),
        .. slides.Select((slide, i) =>
            ($"ppt/slides/slide{slides.Length - i}.xml", $"<p:sld xmlns:p='p' xmlns:a='a'><p:spTree>{slide}</p:spTree></p:sld>")),
    ]);

    /// <summary>A workbook of one sheet, from the inside of its data.</summary>
    public static byte[] Xlsx(string name, string data, string shared = "") => Zip(
        ("xl/workbook.xml", $"<workbook xmlns:r='{Relations}'><sheets><sheet name='{name}' r:id='r1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r1' Target='/xl/worksheets/sheet1.xml'/></Relationships>"),
        ("xl/sharedStrings.xml", $"<sst>{shared}</sst>"),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{data}</sheetData></worksheet>"));

    /// <summary>A book, each chapter from the inside of its body.</summary>
    public static byte[] Epub(params string[] chapters) => Zip(
    [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='OEBPS/content.opf'/></rootfiles></container>"),
        ("OEBPS/content.opf",
            "<package><manifest>"
            + string.Concat(chapters.Select((_, i) => $"<item id='c{i}' href='text/chapter%20{i}.xhtml'/>"))
            + "</manifest><spine>"
            + string.Concat(chapters.Select((_, i) => $"<itemref idref='c{i}'/>"))
            + "</spine></package>"),
        .. chapters.Select((chapter, i) => ($"OEBPS/text/chapter {i}.xhtml",
            $"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{chapter}</body></html>")),
    ]);

    /// <summary>A PDF with a line of text on each page; an empty one has none.</summary>
    public static byte[] Pdf(params string[] pages)
    {
        var builder = new UglyToad.PdfPig.Writer.PdfDocumentBuilder();
        var font = builder.AddStandard14Font(UglyToad.PdfPig.Fonts.Standard14Fonts.Standard14Font.Helvetica);
        foreach (var text in pages)
        {
            var page = builder.AddPage(595, 842);
            var lines = text.Split('\n');
            for (var i = 0; i < lines.Length && text.Length > 0; i++)
            {
                page.AddText(lines[i], 12, new UglyToad.PdfPig.Core.PdfPoint(50, 780 - (14 * i)), font);
            }
        }

        return builder.Build();
    }
}
