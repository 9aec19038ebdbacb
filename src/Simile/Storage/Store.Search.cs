using Microsoft.Data.Sqlite;
using Simile.Keywords;

namespace Simile.Storage;

internal sealed partial class Store
{
    /// <summary>
    /// The items of any kind closest to a vector by cosine, best first, equal scores in the order of storage. Searches the state committed
    /// at the time of the call.
    /// </summary>
    /// <param name="query">A vector with the model's dimensions.</param>
    /// <param name="top">Maximum number of hits, at least 1.</param>
    /// <exception cref="ArgumentException">The query's length differs from the stored vectors.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<CorpusHit> Search(ReadOnlySpan<float> query, int top)
    {
        var vector = query.ToArray();
        return Search([.. Enum.GetValues<MediaKind>().Select(kind => new StoreQuery(kind, vector))], top);
    }

    /// <summary>
    /// The items closest to the vector given for their kind, all kinds in one list, best first, equal scores in the order of storage.
    /// </summary>
    /// <param name="queries">One vector per kind to search.</param>
    /// <param name="top">Maximum number of hits, at least 1.</param>
    /// <param name="allowed">A filter on full paths of files; null for no filter.</param>
    /// <exception cref="ArgumentException">A vector's length differs from the stored vectors.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<CorpusHit> Search(IReadOnlyList<StoreQuery> queries, int top, Func<string, bool>? allowed = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (Model is not { } model)
        {
            return [];
        }

        if (queries.FirstOrDefault(query => query.Vector.Length != model.Dimensions) is { } wrong)
        {
            throw new ArgumentException(
                $"The query has {wrong.Vector.Length} dimensions, the vectors of the store {Place} have {model.Dimensions}: "
                + $"embed the query with {model.Name}.",
                nameof(queries));
        }

        return Read(connection => Search(connection, queries, top, allowed));
    }

    // One snapshot for vectors and texts, whatever a writer commits meanwhile. The cached vectors are updated to that snapshot. If another
    // thread has updated them to a newer one, the search starts again, the last time with exclusive access to the vectors.
    private List<CorpusHit> Search(SqliteConnection connection, IReadOnlyList<StoreQuery> queries, int top, Func<string, bool>? allowed)
    {
        const int SharedAttempts = 3;
        for (var attempt = 0; ; attempt++)
        {
            using var exclusive = attempt < SharedAttempts ? null : _vectors.LockForRefresh();
            using var snapshot = connection.BeginTransaction(deferred: true);
            var sequence = Meta.GetNumber(connection, Meta.Sequence, Place);
            using var vectors = _vectors.Read(connection, sequence, exclusive is not null);
            if (vectors is not null)
            {
                return Search(connection, vectors, queries, top, allowed);
            }
        }
    }

    private List<CorpusHit> Search(
        SqliteConnection connection, VectorCache.Reading vectors, IReadOnlyList<StoreQuery> queries, int top, Func<string, bool>? allowed)
    {
        var items = allowed is null ? null : AllowedItems(connection, allowed);

        // All kinds are searched for the same words.
        var matches = queries is [{ Keywords: { } words }, ..] && KeywordIndex.Exists(connection)
            ? KeywordIndex.Find(connection, words, Meta.GetNumber(connection, Meta.Items, Place))
            : null;
        var found = new List<Found>();
        foreach (var query in queries)
        {
            found.AddRange(matches is not null
                ? SearchWords(connection, vectors, query, matches, top, items)
                : vectors.Search(query.Kind, query.Vector.Span, top, items)
                    .Select(hit => new Found(query.Kind, hit.Item, hit.Score, query.Comparable?.Invoke(hit.Score) ?? hit.Score)));
        }

        found.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return found.Take(top).Select(hit => ReadHit(connection, hit, queries[0].Keywords)).ToList();
    }

    // Items near in meaning and items with the words; each is judged by both.
    private static List<Found> SearchWords(
        SqliteConnection connection, VectorCache.Reading vectors, StoreQuery query, KeywordMatches matches, int top, HashSet<long>? items)
    {
        var candidates = matches.Items.Where(match => items?.Contains(match.Key) != false).OrderByDescending(match => match.Value.Score)
            .ThenBy(match => match.Key)
            .Take(Fusion.Candidates(top)).Select(match => match.Key).ToHashSet();
        List<(long Item, float Score)> near = query.OnlyKeywords
            ? []
            : [.. vectors.Search(query.Kind, query.Vector.Span, Fusion.Candidates(top), items)];
        candidates.UnionWith(near.Select(hit => hit.Item));
        var (mean, deviation) = query.OnlyKeywords ? (0, 0) : vectors.Spread(query.Kind, query.Vector.Span, Fusion.Sample);
        var fusion = new Fusion(
            matches, near.Count == 0 ? default : new CosineSpread(mean, deviation, near[0].Score, near[Math.Min(1, near.Count - 1)].Score));
        var files = FilesOf(connection, candidates);
        var terms = files.GroupBy(pair => pair.Value)
            .ToDictionary(
                file => file.Key, file => file.Aggregate(0UL, (all, pair) => all | matches.Items.GetValueOrDefault(pair.Key).Terms));
        var scored = new List<Found>(candidates.Count);
        foreach (var (item, cosine) in vectors.Search(query.Kind, query.Vector.Span, Math.Max(1, candidates.Count), candidates))
        {
            var score = query.OnlyKeywords ? fusion.KeywordScore(item, terms[files[item]]) : fusion.Score(item, cosine, terms[files[item]]);
            scored.Add(new Found(query.Kind, item, cosine, query.OnlyKeywords ? score : query.Comparable?.Invoke(score) ?? score));
        }

        return scored;
    }

    private static Dictionary<long, long> FilesOf(SqliteConnection connection, HashSet<long> items)
    {
        var files = new Dictionary<long, long>(items.Count);
        using var command = connection.Prepare("SELECT file FROM items WHERE id = $0", 0L);
        foreach (var item in items)
        {
            command.Parameters[0].Value = item;
            files[item] = (long)command.ExecuteScalar()!;
        }

        return files;
    }

    private static HashSet<long> AllowedItems(SqliteConnection connection, Func<string, bool> allowed)
    {
        var files = new HashSet<long>();
        using (var command = connection.Prepare("SELECT id, path FROM files"))
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (allowed(reader.GetString(1)))
                {
                    files.Add(reader.GetInt64(0));
                }
            }
        }

        return files.Count == 0 ? [] : ItemsOf(connection, files);
    }

    // From the index on (file, position), so that neither texts nor items of other files are read.
    private static HashSet<long> ItemsOf(SqliteConnection connection, HashSet<long> files)
    {
        var items = new HashSet<long>();
        using var command = connection.Prepare("SELECT id FROM items WHERE file = $0", 0L);
        foreach (var file in files)
        {
            command.Parameters[0].Value = file;
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                items.Add(rows.GetInt64(0));
            }
        }

        return items;
    }

    // A class, because generic lists of structs are JIT-compiled anew at every start of the tool.
    private sealed record Found(MediaKind Kind, long Item, float Cosine, float Score);

    // An SQL condition that the rows of an item and its file match their checksums.
    private static string Whole(SqliteConnection connection) => !Meta.HasChecks(connection) ? "1" :
        $"coalesce((SELECT content FROM item_checks WHERE item = items.id) = {Schema.ItemCheck} AND (SELECT content FROM file_checks WHERE "
        + $"file = files.id) = {Schema.FileCheck}, 0)";

    private void ThrowUnlessWhole(SqliteDataReader reader, int column)
    {
        if (reader.GetInt64(column) != 1)
        {
            throw StoreFailures.Damaged(Place, "an item does not match its checksum");
        }
    }

    private CorpusHit ReadHit(SqliteConnection connection, Found found, KeywordQuery? words)
    {
        var (kind, item, cosine, score) = found;
        using var command = connection.Prepare(
            $"SELECT path, line, start, stop, text, {PartMarks.Column(connection)}, {Whole(connection)} FROM items JOIN files ON files.id "
            + "= items.file WHERE items.id = $0",
            item);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            throw StoreFailures.Damaged(Place, "a vector belongs to no item");
        }

        ThrowUnlessWhole(reader, 6);
        var answer = Item(reader.GetString(0), kind, reader);
        return new CorpusHit(answer, score, cosine)
        {
            Matches = words is not null && answer is PassageItem passage ? MatchedWords.Find(words, passage.Text) : [],
        };
    }
}
