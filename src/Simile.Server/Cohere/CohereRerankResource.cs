using Simile.Server.Http;
using Simile.Server.Models;
using Simile.Server.Tei;

namespace Simile.Server.Cohere;

/// <summary>POST /v2/rerank.</summary>
internal static class CohereRerankResource
{
    public static async Task PostAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.CohereRerankRequest).ConfigureAwait(false);
        var query = JsonBody.Require(request.Query, "query");
        var texts = Array.ConvertAll(
            JsonBody.Require(request.Documents, "documents"),
            document => document?.Text ?? throw new RequestFailure(FailureKind.Malformed, "A document is null."));
        Inputs.RequireCount(texts.Length, context.RequestServices.GetRequiredService<SimileServerOptions>(), "documents");
        using var lease = await context.RequestServices.GetRequiredService<ServedModels>()
            .AcquireAsync<IReranker>(request.Model, "a re-ranker model", context.RequestAborted).ConfigureAwait(false);
        var scores = await lease.Model.ScoreAsync(query, texts, isRaw: false, context.RequestAborted).ConfigureAwait(false);
        var ranks = RerankResource.Rank(scores, request.TopN);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", Guid.NewGuid());
            json.WriteStartArray("results");
            foreach (var i in ranks)
            {
                json.WriteStartObject();
                json.WriteNumber("index", i);
                json.WriteNumber("relevance_score", scores[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            CohereEmbedResource.WriteMeta(json, "search_units", 1);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }
}
