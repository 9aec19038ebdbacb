using Simile.Models;

namespace Simile.Cli;

/// <summary>What find and search share: what of a store is closest to a query.</summary>
internal static class StoreSearch
{
    /// <summary>What is closest to words, best first; <paramref name="name"/> is what a person would call a file, from its full path.</summary>
    public static FoundItem[] Run(Store store, JointModel model, string query, int top, Func<string, string> name) =>
        Run(store, model, searched => searched == MediaKind.Text ? Roles.EmbedQuery(model.Texts, query) : model.EmbedQuery(query, searched), MediaKind.Text, top, name);

    /// <summary>What is closest to a vector of a text, picture or sound.</summary>
    public static FoundItem[] Run(Store store, JointModel model, float[] vector, MediaKind kind, int top, Func<string, string> name) =>
        Run(store, model, searched => model.QueryVector(vector, kind, searched), kind, top, name);

    private static FoundItem[] Run(Store store, JointModel model, Func<MediaKind, float[]> query, MediaKind kind, int top, Func<string, string> name)
    {
        var queries = new List<StoreQuery>();
        foreach (var searched in model.Kinds)
        {
            if (store.Count(MediaFile.ItemOf(searched)) > 0)
            {
                queries.Add(new StoreQuery(MediaFile.ItemOf(searched), query(searched)) { Comparable = score => model.Comparable(score, kind, searched) });
            }
        }

        // Where all hits are of one kind, the cosine itself says most.
        if (queries is [var only])
        {
            queries[0] = only with { Comparable = null };
        }

        return [.. store.Search(queries, top).Select(hit => new FoundItem(name(hit.Path), hit))];
    }
}
