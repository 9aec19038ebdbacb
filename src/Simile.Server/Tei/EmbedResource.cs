using System.Text.Json;
using Simile.Numerics;
using Simile.Server.Http;
using Simile.Server.Models;
using Simile.Server.OpenAI;

namespace Simile.Server.Tei;

/// <summary>POST /embed, /embed_sparse and /embed_all.</summary>
internal static class EmbedResource
{
    private const string Embedding = "an embedding model";

    public static async Task PostAsync(HttpContext context)
    {
        var (request, options) = await ReadAsync(context).ConfigureAwait(false);
        using var lease = await AcquireAsync<EmbeddingModel>(context, Embedding).ConfigureAwait(false);
        RequireDense(lease.Model);
        var shape = VectorShape.Of(null, request.Dimensions, lease.Model.Model.Dimensions);
        var vectors = await EmbedAsync(context, request, lease.Model, options).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var vector in vectors)
            {
                var shown = shape.Take(vector.Vector);
                JsonAnswer.WriteVector(json, request.Normalize ?? true ? VectorMath.Normalize(shown) : shown);
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    public static async Task PostSparseAsync(HttpContext context)
    {
        var (request, options) = await ReadAsync(context).ConfigureAwait(false);
        using var lease = await AcquireAsync<EmbeddingModel>(context, "a SPLADE model").ConfigureAwait(false);
        if (!(lease.Model.Model.Knows(MediaKind.Text) && lease.Model.Model.Texts.IsSparse))
        {
            throw new RequestFailure(FailureKind.Backend, "`/embed_sparse` is only available for SPLADE models. Use `/embed` instead.");
        }

        var vectors = await EmbedAsync(context, request, lease.Model, options).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json => WriteSparse(json, vectors)).ConfigureAwait(false);
    }

    public static async Task PostAllAsync(HttpContext context)
    {
        var (request, options) = await ReadAsync(context).ConfigureAwait(false);
        using var lease = await AcquireAsync<ITokenEmbedder>(context, Embedding).ConfigureAwait(false);
        var model = (LoadedModel)lease.Model;
        var texts = Inputs.Texts(JsonBody.Require(request.Inputs, "inputs"), model.Tokenizer, options, "inputs");
        Truncation.Apply(texts, model, request.Truncate, request.TruncationDirection, options);
        var tokens = await lease.Model.EmbedTokensAsync(texts, context.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var text in tokens)
            {
                json.WriteStartArray();
                foreach (var vector in text)
                {
                    JsonAnswer.WriteVector(json, vector.Span);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    /// <summary>Embeds the inputs of a request.</summary>
    public static Task<EmbeddedText[]> EmbedAsync(
        HttpContext context, EmbedRequest request, EmbeddingModel model, SimileServerOptions options)
    {
        var texts = Inputs.Texts(JsonBody.Require(request.Inputs, "inputs"), model.Tokenizer, options, "inputs");
        EmbeddingsResource.RequirePrompt(model, request.PromptName);
        Truncation.Apply(texts, model, request.Truncate, request.TruncationDirection, options);
        return model.EmbedAsync(Array.ConvertAll(texts, text => new TextInput(text, request.PromptName)), context.RequestAborted);
    }

    /// <summary>The first model of a type: TEI's requests name none.</summary>
    public static Task<ModelLease<T>> AcquireAsync<T>(HttpContext context, string role)
        where T : class => context.RequestServices.GetRequiredService<ServedModels>().AcquireAsync<T>(null, role, context.RequestAborted);

    private static async Task<(EmbedRequest Request, SimileServerOptions Options)> ReadAsync(HttpContext context) =>
        (await JsonBody.ReadAsync(context, ServerJson.Default.EmbedRequest).ConfigureAwait(false),
            context.RequestServices.GetRequiredService<SimileServerOptions>());

    private static void RequireDense(EmbeddingModel model)
    {
        if (model.Model.Knows(MediaKind.Text) && model.Model.Texts.IsSparse)
        {
            throw new RequestFailure(FailureKind.Backend, "`/embed` is not available for SPLADE models. Use `/embed_sparse` instead.");
        }
    }

    private static void WriteSparse(Utf8JsonWriter json, EmbeddedText[] vectors)
    {
        json.WriteStartArray();
        foreach (var vector in vectors)
        {
            json.WriteStartArray();
            var components = vector.Vector;
            for (var i = 0; i < components.Length; i++)
            {
                if (components[i] != 0)
                {
                    json.WriteStartObject();
                    json.WriteNumber("index", i);
                    json.WriteNumber("value", components[i]);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
