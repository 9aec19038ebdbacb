using System.Text.RegularExpressions;

namespace Simile.Bench.Search;

/// <summary>The sources of this repository without doc comments; what the comments say, and bare identifiers, are the queries.</summary>
internal static partial class CodeSets
{
    private const int Seed = 19;

    /// <summary>Summaries without the words of their member's name, and identifiers that one file alone declares.</summary>
    public static (SearchSet Summaries, SearchSet Identifiers) Read(string repository)
    {
        var (files, summaries, declared) =
            (new Dictionary<string, string>(), new List<JudgedQuery>(), new Dictionary<string, HashSet<string>>());
        foreach (var path in Directory.EnumerateFiles(Path.Combine(repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(Path.Combine(repository, "src"), path);
            var source = File.ReadAllText(path);
            files[name] = DocLine().Replace(source, string.Empty);
            foreach (Match member in Documented().Matches(source))
            {
                var identifier = member.Groups["name"].Value;
                var words = Words().Matches(identifier).Select(word => word.Value);
                var text = words.Aggregate(
                    Plain(member.Groups["summary"].Value),
                    (rest, word) => Regex.Replace(rest, $@"\b{word}\w*", string.Empty, RegexOptions.IgnoreCase));
                if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 5)
                {
                    summaries.Add(new JudgedQuery(text, new Dictionary<string, int> { [name] = 1 }));
                }
            }

            foreach (Match member in Declared().Matches(files[name]))
            {
                (declared.TryGetValue(member.Groups["name"].Value, out var places) ? places : declared[member.Groups["name"].Value] = [])
                    .Add(name);
            }
        }

        var random = new Random(Seed);
        var identifiers = declared.Where(one => one.Value.Count == 1 && one.Key.Length > 4)
            .Select(one => new JudgedQuery(one.Key, new Dictionary<string, int> { [one.Value.Single()] = 1 })).ToArray();
        var drawn = summaries.ToArray();
        random.Shuffle(drawn);
        random.Shuffle(identifiers);
        return (new SearchSet("code", files, drawn[..300]), new SearchSet("code", files, identifiers[..100]));
    }

    private static string Plain(string comment) =>
        Regex.Replace(
            Regex.Replace(
                comment.Replace("///", " ", StringComparison.Ordinal), "<see(also)? cref=\"[^\"]*?([^\".(]*)(\\([^\"]*)?\" ?/>", "$2"),
            "<[^>]*>|\\s+",
            " ")
            .Trim();

    [GeneratedRegex(@"^[ \t]*///.*\r?\n", RegexOptions.Multiline)]
    private static partial Regex DocLine();

    [GeneratedRegex(
        @"/// <summary>(?<summary>[^§]*?)</summary>\r?\n(?:\s*(?:///.*|\[.*\])\r?\n)*\s*(?:public|internal|private|protected)[^=({;"
        + @"\n]*?\b(?<name>[A-Z]\w*)(?:<[^>\n]*>)?\s*(?:\(|\{|=|;|:|\r?\n)")]
    private static partial Regex Documented();

    [GeneratedRegex(
        @"^\s*(?:public|internal|private|protected) [^=({;\n]*?\b(?<name>[A-Z]\w*)(?:<[^>\n]*>)?\s*(?:\(|\{|=|;|:|\r?$)",
        RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+|[a-z]+")]
    private static partial Regex Words();
}
