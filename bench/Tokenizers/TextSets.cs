using System.Xml.Linq;
using Microsoft.VisualBasic.FileIO;

namespace Tokenizers;

/// <summary>Texts to tokenize, as documents.</summary>
internal static class TextSets
{
    /// <summary>As in golden/tokenizers/PEERS.md: the sentences of STS-B en dev and the Cranfield documents, three times.</summary>
    public static string[] English(string assets)
    {
        string[] once = [.. Sentences(assets, "en"), .. Cranfield(assets)];
        return [.. once, .. once, .. once];
    }

    /// <summary>The sentences of STS-B zh dev, ten times.</summary>
    public static string[] Chinese(string assets)
    {
        string[] once = [.. Sentences(assets, "zh")];
        return [.. Enumerable.Repeat(once, 10).SelectMany(texts => texts)];
    }

    /// <summary>This repository's own C# files, three times.</summary>
    public static string[] Code(string repository)
    {
        string[] once = [.. Directory.EnumerateFiles(Path.Combine(repository, "src"), "*.cs", System.IO.SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];
        return [.. once, .. once, .. once];
    }

    private static IEnumerable<string> Sentences(string assets, string language)
    {
        using var parser = new TextFieldParser(Path.Combine(assets, $"data/text/stsb/stsb-{language}-dev.csv"));
        parser.SetDelimiters(",");
        var rows = new List<string[]>();
        while (parser.ReadFields() is { } fields)
        {
            rows.Add(fields);
        }

        return rows.Select(row => row[0]).Concat(rows.Select(row => row[1]));
    }

    private static IEnumerable<string> Cranfield(string assets)
    {
        var text = File.ReadAllText(Path.Combine(assets, "data/text/cranfield/cran.all.1400.xml"));
        return XDocument.Parse($"<docs>{text}</docs>").Root!.Elements("doc")
            .Where(doc => doc.Element("text")!.Value.Trim().Length > 0)
            .Select(doc => doc.Element("title")!.Value + "\n" + doc.Element("text")!.Value);
    }
}
