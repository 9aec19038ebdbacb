using Simile.Numerics;
using Simile.Server.Http;
using Simile.Server.Models;

namespace Simile.Server.Tei;

/// <summary>POST /similarity.</summary>
internal static class SimilarityResource
{
    public static async Task PostAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.SimilarityRequest).ConfigureAwait(false);
        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        var inputs = JsonBody.Require(request.Inputs, "inputs");
        var (source, sentences) =
            (JsonBody.Require(inputs.SourceSentence, "source_sentence"), Inputs.RequireTexts(inputs.Sentences, options, "sentences"));
        var texts = new TextList([.. sentences.Prepend(source).Select(text => new TextList.Item(text, null))], IsSingle: false);
        using var lease = await EmbedResource.AcquireAsync<EmbeddingModel>(context, "an embedding model").ConfigureAwait(false);
        var parameters = (request.Parameters ?? new EmbedRequest()) with { Inputs = texts };
        var vectors = await EmbedResource.EmbedAsync(
            context, parameters, lease.Model, options with { MaxInputs = options.MaxInputs + 1 }).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
            JsonAnswer.WriteVector(
                json, Array.ConvertAll(vectors[1..], vector => VectorMath.Cosine(vectors[0].Vector, vector.Vector)))).ConfigureAwait(false);
    }
}
