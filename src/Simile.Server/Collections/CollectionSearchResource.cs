using Simile.Server.Http;

namespace Simile.Server.Collections;

/// <summary>POST /collections/{collection}/search.</summary>
internal static class CollectionSearchResource
{
    private const int MostHits = 1000;

    public static async Task PostAsync(HttpContext context)
    {
        var collection = context.RequestServices.GetRequiredService<ServedCollections>().Find(context);
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.CollectionSearchRequest).ConfigureAwait(false);
        var options = new SearchOptions
        {
            Top = Top(request.Top),
            Mode = Mode(request.Mode),
            Kinds = Kinds(request.Kinds),
            Below = await BelowAsync(collection, request.Below, context.RequestAborted).ConfigureAwait(false),
        };
        var hits = await SearchAsync(collection, request, options, context.RequestAborted).ConfigureAwait(false);
        var root = await collection.Files.RootAsync(context.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("hits");
            foreach (var hit in hits)
            {
                json.WriteStartObject();
                json.WriteString("path", Path.GetRelativePath(root, hit.Item.Path).Replace(Path.DirectorySeparatorChar, '/'));
                ItemJson.Write(json, hit.Item);
                json.WriteNumber("score", hit.Score);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<CorpusHit>> SearchAsync(
        Collection collection, CollectionSearchRequest request, SearchOptions options, CancellationToken cancellationToken)
    {
        object?[] queries = [request.Text, request.Image, request.Sound, request.Path, request.Vector];
        if (queries.Count(query => query is not null) != 1)
        {
            throw new RequestFailure(FailureKind.Malformed, "A search takes one of text, image, sound, path and vector.");
        }

        return request switch
        {
            { Text: { } text } => await collection.Corpus.SearchAsync(text, options, cancellationToken).ConfigureAwait(false),
            { Vector: { } vector } =>
                await collection.Corpus.SearchAsync(
                    await VectorAsync(collection.Corpus, vector).ConfigureAwait(false), options, cancellationToken).ConfigureAwait(false),
            { Path: { } key } => await collection.Corpus.SearchAsync(
                CorpusQuery.Like((await CollectionItemsResource.FindAsync(collection, key, cancellationToken).ConfigureAwait(false)).Path),
                options,
                cancellationToken).ConfigureAwait(false),
            { Image: { } image } =>
                await SearchFileAsync(collection.Corpus, image, MediaKind.Image, options, cancellationToken).ConfigureAwait(false),
            _ =>
                await SearchFileAsync(collection.Corpus, request.Sound!, MediaKind.Sound, options, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<CorpusQuery> VectorAsync(Corpus corpus, float[] vector)
    {
        var model = await corpus.GetModelAsync().ConfigureAwait(false);
        return vector.Length == model.Dimensions ? CorpusQuery.Vector(vector)
            : throw new RequestFailure(
                FailureKind.Validation,
                $"`vector` has {vector.Length} components, but the vectors of the collection have {model.Dimensions}.")
            {
                Param = "vector",
            };
    }

    // Models of a corpus take files. The name of this one is ours: nothing of the request is in it.
    private static async Task<IReadOnlyList<CorpusHit>> SearchFileAsync(
        Corpus corpus, string uri, MediaKind kind, SearchOptions options, CancellationToken cancellationToken)
    {
        var content = DataUri.Read(uri, kind);
        var path = Path.Combine(Path.GetTempPath(), $"simile-{Guid.NewGuid():N}");
        try
        {
            await File.WriteAllBytesAsync(path, content.Data.ToArray(), cancellationToken).ConfigureAwait(false);
            return await corpus.SearchAsync(
                kind == MediaKind.Image ? CorpusQuery.Image(path) : CorpusQuery.Sound(path),
                options,
                cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new RequestFailure(FailureKind.Validation, e.Message.Replace(path, "The file", StringComparison.Ordinal))
            {
                Param = kind == MediaKind.Image ? "image" : "sound",
            };
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int Top(int? top) => top switch
    {
        null => 10,
        >= 1 and <= MostHits => top.Value,
        _ => throw new RequestFailure(FailureKind.Validation, $"`top` is {top}, but must be 1 to {MostHits}.") { Param = "top" },
    };

    private static SearchMode Mode(string? mode) => mode switch
    {
        null or "hybrid" => SearchMode.Hybrid,
        "vector" => SearchMode.Vector,
        "keyword" => SearchMode.Keyword,
        _ => throw new RequestFailure(FailureKind.Validation, "`mode` must be hybrid, vector or keyword.") { Param = "mode" },
    };

    private static MediaKind[]? Kinds(string[]? kinds) => kinds is null or [] ? null : Array.ConvertAll(kinds, kind => kind switch
    {
        "text" => MediaKind.Text,
        "image" => MediaKind.Image,
        "sound" => MediaKind.Sound,
        _ => throw new RequestFailure(FailureKind.Validation, "`kinds` must be of text, image and sound.") { Param = "kinds" },
    });

    private static async Task<string[]?> BelowAsync(Collection collection, string? below, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(below)
            ? null
            : [Path.Combine(await collection.Files.RootAsync(cancellationToken).ConfigureAwait(false), below.Replace('\0', ' '))];
}
