using System.Text.Json;
using Simile.Server.Http;
using Simile.Server.Infinity;
using Simile.Server.Models;

namespace Simile.Server.OpenAI;

/// <summary>POST /v1/embeddings.</summary>
internal static class EmbeddingsResource
{
    public static async Task PostAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.EmbeddingsRequest).ConfigureAwait(false);
        if (request.Modality is not (null or "text"))
        {
            await MediaEmbeddings.AnswerAsync(context, request, MediaEmbeddings.Kind(request.Modality)).ConfigureAwait(false);
            return;
        }

        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        var input = JsonBody.Require(request.Input, "input");
        using var lease = await context.RequestServices.GetRequiredService<ServedModels>()
            .AcquireAsync<EmbeddingModel>(request.Model, "an embedding model", context.RequestAborted).ConfigureAwait(false);
        var texts = Inputs.Texts(input, lease.Model.Tokenizer, options, "input");
        var shape = VectorShape.Of(request.EncodingFormat, request.Dimensions, lease.Model.Model.Dimensions);
        RequirePrompt(lease.Model, request.PromptName);
        if (!options.Truncate)
        {
            Inputs.RequireLength(texts, lease.Model, "input");
        }

        var vectors = await lease.Model.EmbedAsync(
            Array.ConvertAll(texts, text => new TextInput(text, request.PromptName)), context.RequestAborted).ConfigureAwait(false);
        var tokens = vectors.Sum(vector => (long)vector.Tokens);
        await JsonAnswer.WriteAsync(
            context, json => WriteList(json, vectors.Length, i => Write(json, vectors[i], shape), lease.Id, tokens)).ConfigureAwait(false);
    }

    /// <summary>Refuses a prompt that the model has not.</summary>
    public static void RequirePrompt(EmbeddingModel model, string? prompt)
    {
        if (prompt is not null && !(model.Model.Knows(MediaKind.Text) && model.Model.Texts.Prompts.ContainsKey(prompt)))
        {
            throw new RequestFailure(FailureKind.Validation, "The model has no prompt of the name in `prompt_name`.")
            {
                Param = "prompt_name",
            };
        }
    }

    /// <summary>Writes the list of embeddings of an answer.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="count">Number of embeddings.</param>
    /// <param name="writeVector">Writes the value of <c>embedding</c>, and further fields if there are any.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="tokens">Number of tokens of all inputs.</param>
    public static void WriteList(Utf8JsonWriter json, int count, Action<int> writeVector, string model, long tokens)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            json.WritePropertyName("embedding");
            writeVector(i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", model);
        WriteUsage(json, tokens);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EmbeddedText text, VectorShape shape)
    {
        shape.Write(json, text.Vector);
        if (text.IsCut)
        {
            json.WriteBoolean("truncated", true);
        }
    }

    public static void WriteUsage(Utf8JsonWriter json, long tokens)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
    }
}

