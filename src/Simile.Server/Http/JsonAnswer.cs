using System.Text.Encodings.Web;
using System.Text.Json;

namespace Simile.Server.Http;

/// <summary>Answers in JSON.</summary>
internal static class JsonAnswer
{
    // Escapes only what JSON asks for: the answers are never parts of an HTML page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, Options))
        {
            write(json);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes the components of a vector as an array.</summary>
    public static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        json.WriteStartArray();
        foreach (var component in vector)
        {
            json.WriteNumberValue(component);
        }

        json.WriteEndArray();
    }
}
