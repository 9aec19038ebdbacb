using System.Xml.Linq;
using Microsoft.VisualBasic.FileIO;

namespace Throughput;

/// <summary>The two sets that golden/PEERS.md describes.</summary>
internal static class TextSets
{
    /// <summary>The first 2,048 sentences of STS-B en dev: all first sentences, then all second.</summary>
    public static string[] Short(string assets) => [.. StsSentences(assets).Take(2048)];

    /// <summary>The first 768 of those and the first 256 Cranfield abstracts, shuffled.</summary>
    public static string[] Mixed(string assets)
    {
        string[] texts = [.. Short(assets).Take(768), .. CranfieldAbstracts(assets).Take(256)];
        new Random(1).Shuffle(texts);
        return texts;
    }

    private static IEnumerable<string> StsSentences(string assets)
    {
        using var parser = new TextFieldParser(Path.Combine(assets, "data/text/stsb/stsb-en-dev.csv"));
        parser.SetDelimiters(",");
        var rows = new List<string[]>();
        while (parser.ReadFields() is { } fields)
        {
            rows.Add(fields);
        }

        return rows.Select(row => row[0]).Concat(rows.Select(row => row[1]));
    }

    private static IEnumerable<string> CranfieldAbstracts(string assets)
    {
        var text = File.ReadAllText(Path.Combine(assets, "data/text/cranfield/cran.all.1400.xml"));
        return XDocument.Parse($"<docs>{text}</docs>").Root!.Elements("doc").Select(doc => doc.Element("text")!.Value.Trim());
    }
}
