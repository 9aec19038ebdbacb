using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Simile.Tables;

/// <summary>Writes JSON lines: objects with "vector" and the optional "id", "label" and "text".</summary>
internal sealed class JsonVectorWriter(string path, int dimensions) : VectorWriter(path, dimensions)
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        SkipValidation = true,
    };

    private protected override void Write(VectorSet vectors)
    {
        using var json = new Utf8JsonWriter(Stream, Readable);
        for (var i = 0; i < vectors.Vectors.Count; i++)
        {
            json.Reset();
            json.WriteStartObject();
            WriteText(json, VectorNames.Ids[0], vectors.Ids, i);
            WriteText(json, VectorNames.Labels[0], vectors.Labels, i);
            WriteText(json, VectorNames.Texts[0], vectors.Texts, i);
            json.WriteStartArray(VectorNames.Vectors[0]);
            foreach (var number in vectors.Vectors[i])
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            Stream.WriteByte((byte)'\n');
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, IReadOnlyList<string>? entries, int row)
    {
        if (entries is not null)
        {
            json.WriteString(name, entries[row]);
        }
    }
}
