using System.Globalization;
using System.Xml.Linq;
using Simile.Tables;

namespace Simile.Bench.Search;

/// <summary>Cranfield, and the translated pairs of STS-B.</summary>
internal static class TextSets
{
    private static readonly string[] Languages = ["en", "de", "fr", "zh"];

    /// <summary>Title and text of 1,400 abstracts; 225 questions with judgments. Questions are numbered in their order.</summary>
    public static SearchSet Cranfield(string assets)
    {
        var folder = Path.Combine(assets, "data/text/cranfield");
        var documents = XDocument.Parse($"<docs>{File.ReadAllText(Path.Combine(folder, "cran.all.1400.xml"))}</docs>").Root!.Elements("doc")
            .ToDictionary(
                doc => $"{doc.Element("docno")!.Value.Trim()}.txt",
                doc => $"{Joined(doc.Element("title")!)}\n\n{Joined(doc.Element("text")!)}\n");
        var queries = XDocument.Load(Path.Combine(folder, "cran.qry.xml")).Descendants("title").Select(Joined).ToList();
        var judgments = File.ReadLines(Path.Combine(folder, "cranqrel.trec.txt"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(fields => int.Parse(fields[0], CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group => group.GroupBy(fields => $"{fields[2]}.txt")
                .ToDictionary(doc => doc.Key, doc => doc.Max(fields => int.Parse(fields[3], CultureInfo.InvariantCulture))));
        return new SearchSet(
            "cranfield", documents, [.. queries.Select((query, i) => new JudgedQuery(query, judgments.GetValueOrDefault(i + 1) ?? []))]);
    }

    /// <summary>
    /// All second sentences of STS-B in a language; queries are the first sentences, in each language, of pairs scored at least 4.5.
    /// </summary>
    public static IEnumerable<(SearchSet Set, string From)> Pairs(string assets)
    {
        var tables = Languages.ToDictionary(
            language => language, language => Rows(Path.Combine(assets, $"data/text/stsb/stsb-{language}-dev.csv")));
        foreach (var to in Languages)
        {
            var texts = tables[to].Select(row => row.B).Distinct().Select((text, i) => (text, Name: $"{i}.txt"))
                .ToDictionary(pair => pair.text, pair => pair.Name);
            var files = texts.ToDictionary(pair => pair.Value, pair => pair.Key);
            foreach (var from in Languages)
            {
                var queries = tables[from].Zip(tables[to]).Where(pair => pair.First.Score >= 4.5)
                    .Select(pair => new JudgedQuery(pair.First.A, new Dictionary<string, int> { [texts[pair.Second.B]] = 1 }));
                yield return (new SearchSet($"sts-{to}", files, [.. queries]), from);
            }
        }
    }

    // Their lines are broken and indented; an abstract is one paragraph.
    private static string Joined(XElement element) =>
        string.Join(' ', element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<(string A, string B, double Score)> Rows(string path)
    {
        var rows = new List<(string, string, double)>();
        using var parser = new Microsoft.VisualBasic.FileIO.TextFieldParser(path);
        parser.SetDelimiters(",");
        while (parser.ReadFields() is { } fields)
        {
            rows.Add((fields[0], fields[1], double.Parse(fields[2], CultureInfo.InvariantCulture)));
        }

        return rows;
    }
}
