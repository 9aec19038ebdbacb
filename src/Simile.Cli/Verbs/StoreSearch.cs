using Simile.Models;

namespace Simile.Cli;

/// <summary>What find and search share: the passages of a store that are closest to a query.</summary>
internal static class StoreSearch
{
    /// <summary>The passages, best first; <paramref name="name"/> is what a person would call a file, from its full path.</summary>
    public static FoundPassage[] Run(Store store, TextEmbedder embedder, string query, int top, Func<string, string> name) =>
        [.. store.Search(Roles.EmbedQuery(embedder, query), top).Select(hit => new FoundPassage(name(hit.Path), hit.Line, hit.Score, hit.Text))];
}
