using System.Globalization;
using Microsoft.Data.Sqlite;
using Simile.Keywords;

namespace Simile.Storage;

/// <summary>The full-text index of store.db: the table keywords (docs/formats/store.md).</summary>
internal static class KeywordIndex
{
    // Words of headings and file names say more about an item than words of its text.
    private static readonly string Rank = string.Create(
        CultureInfo.InvariantCulture, $"bm25(keywords, 1.0, {HeadingWeight}, {NameWeight})");
    private const double HeadingWeight = 1.5;
    private const double NameWeight = 1.5;

    // In a larger store, stop words cost more time than they are worth.
    private const long MostForStopWords = 20_000;

    /// <summary>Registers the functions that give the terms of a text and of a path with a connection.</summary>
    public static void Teach(SqliteConnection connection)
    {
        connection.CreateFunction("simile_terms", (string text) => KeywordTokenizer.Join(text), isDeterministic: true);
        connection.CreateFunction("simile_terms_of_name", (string path) => KeywordTokenizer.Join(NameOf(path)), isDeterministic: true);
    }

    /// <summary>Whether a store has the index.</summary>
    public static bool Exists(SqliteConnection connection) => connection.Number("PRAGMA user_version") >= Schema.FirstWithKeywords;

    // Names of folders further up describe many files.
    private static string NameOf(string path) => $"{Path.GetFileName(Path.GetDirectoryName(path))} {Path.GetFileName(path)}";

    /// <summary>The items that hold terms of a query.</summary>
    public static KeywordMatches Find(SqliteConnection connection, KeywordQuery query, long items)
    {
        var matches = new KeywordMatches(query, items);
        using var command = connection.Prepare($"SELECT rowid, {Rank} FROM keywords WHERE keywords MATCH $0", string.Empty);
        foreach (var term in query.Terms.Where(term => term.Weight == 1 || items <= MostForStopWords))
        {
            command.Parameters[0].Value = KeywordQuery.Match(term.Term);
            matches.Add(term, Find(command, items));
        }

        return matches;
    }

    // FTS5's rank is the negative product of the term's rarity and its frequency.
    private static List<(long Item, double Frequency)> Find(SqliteCommand command, long items)
    {
        var found = new List<(long Item, double Frequency)>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            found.Add((reader.GetInt64(0), -reader.GetDouble(1)));
        }

        var rarity = Math.Log((items - found.Count + 0.5) / (found.Count + 0.5));
        rarity = rarity > 0 ? rarity : 1e-6;
        return found.ConvertAll(match => (match.Item, match.Frequency / rarity));
    }
}
