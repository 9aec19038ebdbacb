using System.Text.Json;
using Simile.Server.Http;
using Simile.Server.Infinity;
using Simile.Server.Models;
using Simile.Server.OpenAI;
using Simile.Server.Tei;

namespace Simile.Server.Cohere;

/// <summary>POST /v2/embed.</summary>
internal static class CohereEmbedResource
{
    public static async Task PostAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.CohereEmbedRequest).ConfigureAwait(false);
        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        var items = Items(request);
        Inputs.RequireCount(items.Length, options, "texts");
        var types = CohereVectors.Require(request.EmbeddingTypes);
        using var lease = await context.RequestServices.GetRequiredService<ServedModels>()
            .AcquireAsync<EmbeddingModel>(request.Model, "an embedding model", context.RequestAborted).ConfigureAwait(false);
        var shape = VectorShape.Of(null, request.OutputDimension, lease.Model.Model.Dimensions);
        var (vectors, tokens) = await EmbedAsync(context, lease.Model, items, request, options).ConfigureAwait(false);
        float[][] shown = Array.ConvertAll(vectors, vector => shape.Take(vector.Span).ToArray());
        await JsonAnswer.WriteAsync(context, json => Write(json, shown, types, items, tokens)).ConfigureAwait(false);
    }

    private static (string Value, bool IsImage)[] Items(CohereEmbedRequest request)
    {
        var items = (request.Texts ?? []).Select(text => (text, false)).Concat((request.Images ?? []).Select(image => (image, true)))
            .Concat((request.Inputs ?? []).Select(Item));
        return [.. items.Select(item => item.Item1 is null ? throw new RequestFailure(FailureKind.Malformed, "An input is null.") : item)];
    }

    private static (string, bool) Item(CohereInput? input) => input?.Content switch
    {
        [{ Type: "text", Text: { } text }] => (text, false),
        [{ Type: "image_url", ImageUrl.Url: { } url }] => (url, true),
        [] or null => throw new RequestFailure(FailureKind.Validation, "An input has no content."),
        [_] => throw new RequestFailure(FailureKind.Validation, "The content of an input must be of the type text or image_url."),
        _ =>
            throw new RequestFailure(
                FailureKind.Validation, "Inputs of several parts are not supported: send a text or an image in each input."),
    };

    private static async Task<(ReadOnlyMemory<float>[] Vectors, long Tokens)> EmbedAsync(
        HttpContext context,
        EmbeddingModel model,
        (string Value, bool IsImage)[] items,
        CohereEmbedRequest request,
        SimileServerOptions options)
    {
        var texts = items.Where(item => !item.IsImage).Select(item => item.Value).ToArray();
        var images = items.Where(item => item.IsImage).Select(item => DataUri.Read(item.Value, MediaKind.Image)).ToArray();
        if (texts.Length > 0)
        {
            Truncate(texts, model, request.Truncate, options);
        }

        var prompt = Prompt(model, request.InputType);
        var embedded = texts.Length == 0
            ? []
            : await model.EmbedAsync(
                Array.ConvertAll(texts, text => new TextInput(text, prompt)), context.RequestAborted).ConfigureAwait(false);
        var pictures = images.Length == 0
            ? []
            : await model.EmbedAsync(images, MediaKind.Image, context.RequestAborted).ConfigureAwait(false);
        MediaEmbeddings.RequireAll(pictures, "images");
        var (text, image) = (0, 0);
        return (Array.ConvertAll(items, item => item.IsImage ? pictures[image++].Vector : embedded[text++].Vector.ToArray()),
            embedded.Sum(vector => (long)vector.Tokens));
    }

    private static void Truncate(string[] texts, EmbeddingModel model, string? truncate, SimileServerOptions options)
    {
        var (isOn, side) = truncate?.ToUpperInvariant() switch
        {
            null => (options.Truncate, "right"),
            "END" => (true, "right"),
            "START" => (true, "left"),
            "NONE" => (false, "right"),
            _ => throw new RequestFailure(FailureKind.Validation, "truncate must be NONE, START or END."),
        };
        Truncation.Apply(texts, model, isOn, side, options);
    }

    // The model's prompt for the role, if it has one.
    private static string? Prompt(EmbeddingModel model, string? type)
    {
        var prompts = model.Model.Knows(MediaKind.Text) ? model.Model.Texts.Prompts : null;
        string[] names = type switch
        {
            "search_query" => ["query"],
            "search_document" => ["document", "passage", "corpus"],
            null or "classification" or "clustering" or "image" => [type ?? string.Empty],
            _ =>
                throw new RequestFailure(
                    FailureKind.Validation, "input_type must be search_document, search_query, classification, clustering or image."),
        };
        return prompts is null ? null : Array.Find(names, prompts.ContainsKey);
    }

    private static void Write(Utf8JsonWriter json, float[][] vectors, string[] types, (string Value, bool IsImage)[] items, long tokens)
    {
        json.WriteStartObject();
        json.WriteString("id", Guid.NewGuid());
        CohereVectors.Write(json, vectors, types);
        json.WriteStartArray("texts");
        foreach (var (value, _) in items.Where(item => !item.IsImage))
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
        WriteMeta(json, "input_tokens", tokens);
        json.WriteString("response_type", "embeddings_by_type");
        json.WriteEndObject();
    }

    /// <summary>Writes the version of the API and what was counted.</summary>
    public static void WriteMeta(Utf8JsonWriter json, string unit, long count)
    {
        json.WriteStartObject("meta");
        json.WriteStartObject("api_version");
        json.WriteString("version", "2");
        json.WriteEndObject();
        json.WriteStartObject("billed_units");
        json.WriteNumber(unit, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
