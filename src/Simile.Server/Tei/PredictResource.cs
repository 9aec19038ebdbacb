using System.Text.Json;
using Simile.Server.Http;
using Simile.Server.Models;

namespace Simile.Server.Tei;

/// <summary>POST /predict.</summary>
internal static class PredictResource
{
    public static async Task PostAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.PredictRequest).ConfigureAwait(false);
        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        var inputs = JsonBody.Require(request.Inputs, "inputs");
        Inputs.RequireCount(inputs.Items.Count, options, "inputs");
        using var lease = await EmbedResource.AcquireAsync<ClassifierModel>(context, "a classifier model").ConfigureAwait(false);
        if (!(request.Truncate ?? options.Truncate))
        {
            Inputs.RequireLength(inputs.Items.Select(item => item.First + item.Second), lease.Model, "inputs");
        }

        var scores = await lease.Model.ClassifyAsync(inputs.Items, request.RawScores, context.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
        {
            if (inputs.IsSingle)
            {
                Write(json, scores[0], lease.Model.Labels);
                return;
            }

            json.WriteStartArray();
            foreach (var input in scores)
            {
                Write(json, input, lease.Model.Labels);
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, float[] scores, IReadOnlyList<string> labels)
    {
        json.WriteStartArray();
        foreach (var i in RerankResource.Rank(scores, null))
        {
            json.WriteStartObject();
            json.WriteNumber("score", scores[i]);
            json.WriteString("label", labels[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
