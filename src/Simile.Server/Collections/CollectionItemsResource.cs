using Simile.Server.Http;

namespace Simile.Server.Collections;

/// <summary>GET /collections/{collection}/items?path=…: the items of a file by its key.</summary>
internal static class CollectionItemsResource
{
    public static async Task GetAsync(HttpContext context)
    {
        var collection = context.RequestServices.GetRequiredService<ServedCollections>().Find(context);
        var given = context.Request.Query["path"].ToString();
        if (given.Length == 0)
        {
            throw new RequestFailure(FailureKind.Malformed, "The query parameter path is missing.") { Param = "path" };
        }

        var (path, items) = await FindAsync(collection, given, context.RequestAborted).ConfigureAwait(false);
        var shown = await collection.Files.ShowAsync(path, context.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("path", shown);
            json.WriteStartArray("items");
            foreach (var item in items)
            {
                json.WriteStartObject();
                ItemJson.Write(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary>A file by its key.</summary>
    /// <exception cref="RequestFailure">It is not in the collection.</exception>
    public static async Task<(string Path, IReadOnlyList<CorpusItem> Items)> FindAsync(
        Collection collection, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await collection.Files.FindAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException e)
        {
            throw new RequestFailure(FailureKind.NotFound, e.Message) { Param = "path" };
        }
    }
}
