using System.Reflection;
using System.Text.Json;
using Simile.Server.Http;
using Simile.Server.Models;

namespace Simile.Server.Tei;

/// <summary>GET /info: the first model and the limits.</summary>
internal static class InfoResource
{
    /// <summary>The version of the package.</summary>
    public static string Version { get; } =
        typeof(InfoResource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task GetAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        using var lease = await EmbedResource.AcquireAsync<LoadedModel>(context, "a model").ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json => Write(json, lease, options)).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, ModelLease<LoadedModel> lease, SimileServerOptions options)
    {
        json.WriteStartObject();
        json.WriteString("model_id", lease.Id);
        json.WriteNull("model_sha");
        json.WriteString("model_dtype", "float32");
        json.WritePropertyName("model_type");
        WriteType(json, lease.Model);
        json.WriteNumber("max_concurrent_requests", options.MaxQueuedTokens);
        json.WriteNumber("max_input_length", lease.Model.MaxTokens ?? int.MaxValue);
        json.WriteNumber("max_batch_tokens", options.MaxBatchTokens);
        json.WriteNull("max_batch_requests");
        json.WriteNumber("max_client_batch_size", options.MaxInputs);
        json.WriteBoolean("auto_truncate", options.Truncate);
        json.WriteNumber("tokenization_workers", Environment.ProcessorCount);
        json.WriteString("version", Version);
        json.WriteNull("sha");
        json.WriteNull("docker_label");
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, LoadedModel model)
    {
        json.WriteStartObject();
        switch (model)
        {
            case ClassifierModel classifier:
                json.WriteStartObject("classifier");
                WriteLabels(json, classifier.Labels);
                break;
            case IReranker:
                json.WriteStartObject("reranker");
                WriteLabels(json, ["LABEL_0"]);
                break;
            case EmbeddingModel { Model: var embedder }:
                json.WriteStartObject("embedding");
                json.WriteString("pooling", embedder.Knows(MediaKind.Text) && embedder.Texts.IsSparse ? "splade" : "mean");
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, IReadOnlyList<string> labels)
    {
        json.WriteStartObject("id2label");
        for (var i = 0; i < labels.Count; i++)
        {
            json.WriteString(i.ToString(System.Globalization.CultureInfo.InvariantCulture), labels[i]);
        }

        json.WriteEndObject();
        json.WriteStartObject("label2id");
        for (var i = 0; i < labels.Count; i++)
        {
            json.WriteNumber(labels[i], i);
        }

        json.WriteEndObject();
    }
}
