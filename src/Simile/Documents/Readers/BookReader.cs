using System.Xml;

namespace Simile.Documents.Readers;

/// <summary>EPUB books: chapters in the order of the spine.</summary>
internal static class BookReader
{
    private const string Encryption = "META-INF/encryption.xml";

    public static DocumentText Read(BoundedArchive archive)
    {
        if (IsEncrypted(archive))
        {
            throw new InvalidDataException("it is encrypted (DRM): only the store's own reader can open it");
        }

        var package = PackageOf(archive) ?? throw new InvalidDataException("it is a damaged EPUB: it names no package");
        var folder = package.Contains('/', StringComparison.Ordinal) ? package[..package.LastIndexOf('/')] : string.Empty;
        var parts = new List<DocumentPart>();
        foreach (var chapter in Spine(archive, package))
        {
            var name = BoundedArchive.Resolve(folder, Uri.UnescapeDataString(chapter));
            var text = TextDecoder.Decode(archive.Bytes(name), MediaType.Xhtml).Text;
            parts.Add(new DocumentPart(
                new DocumentPlace("part", name),
                [.. HtmlReader.Read(text, isXml: true).Select(block => new DocumentBlock(block.Kind, block.Text.ToString()))]));
        }

        return new DocumentText(parts);
    }

    // Fonts may be obfuscated. Any other encrypted entry is text.
    private static bool IsEncrypted(BoundedArchive archive)
    {
        using var xml = archive.Xml(Encryption);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "CipherReference"
                && xml.GetAttribute("URI") is { } target && MediaType.Of(target) is MediaType.Html or MediaType.Xhtml)
            {
                return true;
            }
        }

        return false;
    }

    private static string? PackageOf(BoundedArchive archive)
    {
        using var xml = archive.Xml("META-INF/container.xml");
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rootfile")
            {
                return xml.GetAttribute("full-path");
            }
        }

        return archive.Names.FirstOrDefault(name => name.EndsWith(".opf", StringComparison.OrdinalIgnoreCase));
    }

    private static List<string> Spine(BoundedArchive archive, string package)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var chapters = new List<string>();
        using var xml = archive.Xml(package);
        while (xml?.Read() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "item"
                && xml.GetAttribute("id") is { } id && xml.GetAttribute("href") is { } target)
            {
                files.TryAdd(id, target);
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "itemref"
                && xml.GetAttribute("idref") is { } chapter && files.TryGetValue(chapter, out var file))
            {
                chapters.Add(file);
            }
        }

        return chapters;
    }
}
