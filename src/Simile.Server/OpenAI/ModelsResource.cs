using System.Text.Json;
using Simile.Server.Http;
using Simile.Server.Models;

namespace Simile.Server.OpenAI;

/// <summary>GET /v1/models and GET /v1/models/{model}.</summary>
internal static class ModelsResource
{
    public static Task ListAsync(HttpContext context)
    {
        var models = context.RequestServices.GetRequiredService<ServedModels>();
        return JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "list");
            json.WriteStartArray("data");
            foreach (var model in models.All)
            {
                Write(json, model);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static Task GetAsync(HttpContext context)
    {
        var model = context.RequestServices.GetRequiredService<ServedModels>()
            .Find(Uri.UnescapeDataString((string)context.Request.RouteValues["model"]!));
        return JsonAnswer.WriteAsync(context, json => Write(json, model));
    }

    private static void Write(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Id);
        json.WriteString("object", "model");
        json.WriteNumber("created", model.Since.ToUnixTimeSeconds());
        json.WriteString("owned_by", "simile");
        json.WriteEndObject();
    }
}
