using System.Text.Json;
using Simile.Server.Http;
using Simile.Server.Models;

namespace Simile.Server.Tei;

/// <summary>POST /rerank of text-embeddings-inference, and of Infinity if the body has documents instead of texts.</summary>
internal static class RerankResource
{
    private const string Role = "a re-ranker model";

    public static async Task PostAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.RerankRequest).ConfigureAwait(false);
        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        var query = JsonBody.Require(request.Query, "query");
        var field = request.Documents is null ? "texts" : "documents";
        var texts = Inputs.RequireTexts(request.Texts ?? request.Documents, options, field);
        using var lease = await context.RequestServices.GetRequiredService<ServedModels>()
            .AcquireAsync<IReranker>(request.Model, Role, context.RequestAborted).ConfigureAwait(false);
        RequireLength(query, texts, (LoadedModel)lease.Model, request.Truncate ?? options.Truncate);
        var scores = await lease.Model.ScoreAsync(query, texts, request.RawScores, context.RequestAborted).ConfigureAwait(false);
        var ranks = Rank(scores, request.TopN);
        await JsonAnswer.WriteAsync(context, json =>
        {
            if (request.Documents is null)
            {
                Write(json, ranks, scores, request.ReturnText ? texts : null);
            }
            else
            {
                WriteInfinity(json, ranks, scores, request.ReturnDocuments ? texts : null, lease.Id);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>The indices of texts by falling score; equal scores in their order.</summary>
    public static int[] Rank(float[] scores, int? top)
    {
        if (top < 1)
        {
            throw new RequestFailure(FailureKind.Validation, $"`top_n` is {top}, but must be at least 1.") { Param = "top_n" };
        }

        return [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(top ?? int.MaxValue)];
    }

    private static void RequireLength(string query, string[] texts, LoadedModel model, bool truncate)
    {
        if (truncate || model is not { MaxTokens: { } most, Tokenizer: { } tokenizer })
        {
            return;
        }

        foreach (var text in texts)
        {
            var tokens = tokenizer.Encode(query, text).Ids.Length;
            if (tokens > most)
            {
                throw new RequestFailure(FailureKind.Validation, $"`inputs` must have at most {most} tokens. Given: {tokens}");
            }
        }
    }

    private static void Write(Utf8JsonWriter json, int[] ranks, float[] scores, string[]? texts)
    {
        json.WriteStartArray();
        foreach (var i in ranks)
        {
            json.WriteStartObject();
            json.WriteNumber("index", i);
            if (texts is not null)
            {
                json.WriteString("text", texts[i]);
            }

            json.WriteNumber("score", scores[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteInfinity(Utf8JsonWriter json, int[] ranks, float[] scores, string[]? texts, string model)
    {
        json.WriteStartObject();
        json.WriteString("object", "rerank");
        json.WriteStartArray("results");
        foreach (var i in ranks)
        {
            json.WriteStartObject();
            json.WriteNumber("index", i);
            json.WriteNumber("relevance_score", scores[i]);
            if (texts is not null)
            {
                json.WriteString("document", texts[i]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", model);
        OpenAI.EmbeddingsResource.WriteUsage(json, 0);
        json.WriteEndObject();
    }
}
