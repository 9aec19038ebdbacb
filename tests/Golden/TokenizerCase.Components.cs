using System.Text.Json;
using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Files;
using Simile.Tokenizers.Text;

namespace Golden;

internal static partial class TokenizerCase
{
    private static void CheckComponents(string folder)
    {
        var differences = new List<string>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        ForEachLine(folder, "normalizers.jsonl", (line, at) => Try(line, at, missing, differences, CheckNormalizer));
        ForEachLine(folder, "pre_tokenizers.jsonl", (line, at) => Try(line, at, missing, differences, CheckPreTokenizer));
        ForEachLine(folder, "decoders.jsonl", (line, at) => Try(line, at, missing, differences, CheckDecoder));
        Report(differences);
        Assert.SkipWhen(missing.Count > 0, $"The rest is equal, but {string.Join(" ", missing)}");
    }

    private static void Try(
        JsonElement line,
        string at,
        SortedSet<string> missing,
        List<string> differences,
        Action<JsonField, JsonElement, string, List<string>> check)
    {
        try
        {
            var component = line.GetProperty("component");
            foreach (var @case in line.GetProperty("cases").EnumerateArray())
            {
                check(new JsonField(component, "component"), @case, $"{at} {component} {@case[0]}", differences);
            }
        }
        catch (NotSupportedException e)
        {
            missing.Add(e.Message);
        }
    }

    private static void CheckNormalizer(JsonField component, JsonElement @case, string at, List<string> differences) =>
        Compare(at, [@case[1].GetString()!], [TokenizerJson.ReadNormalizer(component).Normalize(@case[0].GetString()!)], differences);

    private static void CheckPreTokenizer(JsonField component, JsonElement @case, string at, List<string> differences)
    {
        var source = @case[0].GetString()!;
        var work = new Workspace();
        work.Text.Load(source, 0, tracks: true);
        work.Pieces.Add((0, source.Length));
        foreach (var preTokenizer in TokenizerJson.ReadPreTokenizers(component))
        {
            preTokenizer.Split(work.Text, work);
        }

        var points = CodePoints(source);
        Compare(
            at,
            [.. @case[1].EnumerateArray().Select(p => (p[0].GetString()!, p[1][0].GetInt32(), p[1][1].GetInt32()))],
            [.. work.Pieces.Where(p => p.End > p.Start)
                .Select(p =>
                    (work.Text.Chars[p.Start..p.End].ToString(), points[work.Text.Start(p.Start)], points[work.Text.End(p.End - 1)]))],
            differences);
    }

    private static void CheckDecoder(JsonField component, JsonElement @case, string at, List<string> differences)
    {
        var text = new TextSink();
        var links = TokenizerJson.ReadDecoders(component).Reverse().Aggregate((TokenSink)text, (next, link) => link(next));
        foreach (var token in @case[0].EnumerateArray())
        {
            links.Push(token.GetString(), ends: true);
        }

        links.Finish();
        Compare(at, [@case[1].GetString()!], [text.Take()], differences);
    }
}
