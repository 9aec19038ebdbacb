using System.Text.Json;
using System.Text.RegularExpressions;
using Simile.Models.Checkpoints;
using Simile.Models.Tables;
using Simile.Tables;

namespace Golden;

/// <content>Rows of tables: fit.csv is fitted, and both files are embedded.</content>
internal static partial class FeatureCase
{
    private static void CheckTable(string folder, JsonElement info)
    {
        using var expected = SafeTensors.Open(Path.Combine(folder, info.GetProperty("tensors").GetString()!));
        var (columns, fitted) = Rows(Path.Combine(folder, "fit.csv"));
        var transformed = Rows(Path.Combine(folder, "transform.csv")).Rows;
        var cases = info.GetProperty("cases").EnumerateArray().ToDictionary(@case => @case.GetProperty("id").GetString()!);
        var differences = new List<string>();
        foreach (var (id, @case) in cases)
        {
            using var model = TableEmbedder.Fit(columns, fitted, [.. Options(id, cases, columns)]);
            Assert.Equal(@case.GetProperty("names").EnumerateArray().Select(name => name.GetString()!), Names(id, model));
            foreach (var (rows, name) in (((IReadOnlyList<string?>[], string)[])[(fitted, $"{id}.fit"), (transformed, $"{id}.transform")]))
            {
                var vectors = model.Embed(columns, rows);
                var actual = id == "missing" ? Every(vectors.AsSpan(), 2) : vectors.AsSpan();
                Compare(name, expected[name].ToFloats().Span, actual, @case.GetProperty("tolerance").GetDouble(), differences);
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // The embedder puts each flag after its number. The case has only the flags.
    private static float[] Every(ReadOnlySpan<float> numbers, int step) => [.. numbers.ToArray().Where((_, i) => i % step == step - 1)];

    private static IEnumerable<string> Names(string id, TableEmbedder model) =>
        id == "missing" ? model.Names.Where((_, i) => i % 2 == 0) : model.Names;

    private static IEnumerable<ColumnOptions> Options(string id, Dictionary<string, JsonElement> cases, IReadOnlyList<string> columns)
    {
        var (names, note) = (cases[id].GetProperty("names").EnumerateArray().Select(name => name.GetString()!).ToArray(),
            cases[id].GetProperty("note").GetString()!);
        var parameters = cases[id].GetProperty("params");
        return id switch
        {
            _ when note.Contains(" | ", StringComparison.Ordinal) =>
                note.Split(' ').Where(cases.ContainsKey).SelectMany(part => Options(part, cases, columns)),
            "onehot" =>
                columns.Where(column => names.Any(name => name.StartsWith(column + "_", StringComparison.Ordinal)))
                    .Select(column => new ColumnOptions(column, ColumnKind.Category)),
            "ordinal" =>
                names.Select(name =>
                    new ColumnOptions(name, ColumnKind.Ordinal) { Order = Order(parameters, names.Length, Array.IndexOf(names, name)) }),
            _ when id.StartsWith("hashed", StringComparison.Ordinal) => Hashed(id, note, names.Length, parameters, cases, columns),
            _ => names.Select(name => new ColumnOptions(name, ColumnKind.Number) { Scaling = Scaling(id), FlagsMissing = id == "missing" }),
        };
    }

    private static string[] Order(JsonElement parameters, int columns, int column)
    {
        var categories = parameters.GetProperty("categories");
        return [.. (columns > 1 ? categories[column] : categories).EnumerateArray().Select(value => value.GetString()!)];
    }

    private static NumberScaling Scaling(string id) =>
        Enum.TryParse<NumberScaling>(id, ignoreCase: true, out var scaling) ? scaling : NumberScaling.Standard;

    // The note of the case names the columns as "city=<value>". A case of pairs takes all columns, and its numbers are those of the scaled
    // cases, without "(constant too)".
    private static IEnumerable<ColumnOptions> Hashed(
        string id, string note, int buckets, JsonElement parameters, Dictionary<string, JsonElement> cases, IReadOnlyList<string> columns)
    {
        var isOfPairs = id.Contains("pairs", StringComparison.Ordinal);
        var numbers = cases["standard"].GetProperty("names").EnumerateArray().Select(name => name.GetString()!)
            .Where(name => !note.Contains($"({name} too)", StringComparison.Ordinal)).ToHashSet();
        var taken = isOfPairs ? columns : [.. Regex.Matches(note, "(\\w+)=<value>").Select(match => match.Groups[1].Value)];
        var alternates = !parameters.TryGetProperty("alternate_sign", out var sign) || sign.GetBoolean();
        return taken.Select(column => new ColumnOptions(column, ColumnKind.Hashed)
        {
            Buckets = buckets,
            Group = "h",
            AlternatesSign = alternates,
            HashesNumbers = isOfPairs && numbers.Contains(column),
        });
    }

    private static (IReadOnlyList<string> Columns, IReadOnlyList<string?>[] Rows) Rows(string path)
    {
        using var table = TableReader.Open(path);
        return (table.Columns, [.. table.Rows()]);
    }
}
