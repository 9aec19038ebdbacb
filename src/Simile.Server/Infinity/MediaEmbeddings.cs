using Microsoft.Extensions.AI;
using Simile.Server.Http;
using Simile.Server.Models;
using Simile.Server.OpenAI;

namespace Simile.Server.Infinity;

/// <summary>
/// Vectors of pictures and sounds, in the body of OpenAI's embeddings: POST /embeddings_image, /embeddings_audio, and the field modality of
/// /v1/embeddings.
/// </summary>
internal static class MediaEmbeddings
{
    public static Task PostImagesAsync(HttpContext context) => PostAsync(context, MediaKind.Image);

    public static Task PostSoundsAsync(HttpContext context) => PostAsync(context, MediaKind.Sound);

    /// <summary>The kind by Infinity's word for it.</summary>
    public static MediaKind Kind(string modality) => modality switch
    {
        "image" => MediaKind.Image,
        "audio" => MediaKind.Sound,
        _ => throw new RequestFailure(FailureKind.Validation, "`modality` must be text, image or audio.") { Param = "modality" },
    };

    public static async Task AnswerAsync(HttpContext context, EmbeddingsRequest request, MediaKind kind)
    {
        var contents = Contents(
            JsonBody.Require(request.Input, "input"), kind, context.RequestServices.GetRequiredService<SimileServerOptions>());
        using var lease = await context.RequestServices.GetRequiredService<ServedModels>()
            .AcquireAsync<EmbeddingModel>(request.Model, "an embedding model", context.RequestAborted).ConfigureAwait(false);
        var shape = VectorShape.Of(request.EncodingFormat, request.Dimensions, lease.Model.Model.Dimensions);
        var vectors = await lease.Model.EmbedAsync(contents, kind, context.RequestAborted).ConfigureAwait(false);
        RequireAll(vectors, "input");
        await JsonAnswer.WriteAsync(
            context,
            json => EmbeddingsResource.WriteList(
                json, vectors.Length, i => shape.Write(json, vectors[i].Vector.Span), lease.Id, tokens: 0)).ConfigureAwait(false);
    }

    /// <summary>Refuses a request with a picture or a sound that cannot be read.</summary>
    public static void RequireAll(EmbeddedMedia[] vectors, string field)
    {
        var bad = Array.FindIndex(vectors, vector => vector.Refusal is not null);
        if (bad >= 0)
        {
            throw new RequestFailure(FailureKind.Validation, $"Input {bad}: {vectors[bad].Refusal}") { Param = field };
        }
    }

    private static async Task PostAsync(HttpContext context, MediaKind kind)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.EmbeddingsRequest).ConfigureAwait(false);
        await AnswerAsync(context, request, kind).ConfigureAwait(false);
    }

    private static DataContent[] Contents(TextList input, MediaKind kind, SimileServerOptions options)
    {
        Inputs.RequireCount(input.Items.Count, options, "input");
        return [.. input.Items.Select(item => DataUri.Read(
            item.Text ?? throw new RequestFailure(FailureKind.Malformed, "Token ids are no data URIs.") { Param = "input" }, kind))];
    }
}
