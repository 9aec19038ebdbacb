using System.Text.Json;
using Simile.Server.Http;

namespace Simile.Server.Collections;

/// <summary>GET /collections and /collections/{collection}.</summary>
internal static class CollectionsResource
{
    private sealed record Counts(int Files, int Passages, int Images, int Sounds);

    public static async Task ListAsync(HttpContext context)
    {
        var collections = context.RequestServices.GetRequiredService<ServedCollections>().All;
        var counts = await Task.WhenAll(
            collections.Select(collection => CountAsync(collection.Corpus, context.RequestAborted))).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("collections");
            for (var i = 0; i < counts.Length; i++)
            {
                Write(json, collections[i], counts[i]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public static async Task GetAsync(HttpContext context)
    {
        var collection = context.RequestServices.GetRequiredService<ServedCollections>().Find(context);
        var counts = await CountAsync(collection.Corpus, context.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json => Write(json, collection, counts)).ConfigureAwait(false);
    }

    private static async Task<Counts> CountAsync(Corpus corpus, CancellationToken cancellationToken) => new(
        await corpus.CountFilesAsync(cancellationToken).ConfigureAwait(false),
        await corpus.CountAsync(MediaKind.Text, cancellationToken).ConfigureAwait(false),
        await corpus.CountAsync(MediaKind.Image, cancellationToken).ConfigureAwait(false),
        await corpus.CountAsync(MediaKind.Sound, cancellationToken).ConfigureAwait(false));

    private static void Write(Utf8JsonWriter json, Collection collection, Counts counts)
    {
        json.WriteStartObject();
        json.WriteString("id", collection.Id);
        json.WriteNumber("files", counts.Files);
        json.WriteNumber("passages", counts.Passages);
        json.WriteNumber("images", counts.Images);
        json.WriteNumber("sounds", counts.Sounds);
        json.WriteEndObject();
    }
}
