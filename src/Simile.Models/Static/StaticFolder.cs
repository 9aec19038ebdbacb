using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Writes a static model as a folder that Python's model2vec and sentence-transformers also read.</summary>
internal static class StaticFolder
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes all files. model.safetensors comes last, by an atomic rename: without it the folder holds no model.</summary>
    /// <param name="folder">Created if it is missing. Files of the same names are replaced.</param>
    /// <param name="table">One vector per token, in the order of the ids.</param>
    /// <param name="type">The number type.</param>
    /// <param name="tokenizerFile">The tokenizer.json to copy, without its truncation and padding.</param>
    /// <param name="teacher">Name of the model it was distilled from.</param>
    /// <param name="card">The lines of the model card after its title.</param>
    public static void Write(string folder, VectorMatrix table, TableType type, string tokenizerFile, string teacher, string card)
    {
        Directory.CreateDirectory(folder);
        WriteJson(Path.Combine(folder, "config.json"), json => WriteConfig(json, table.Dimensions, type, teacher));
        WriteJson(Path.Combine(folder, "modules.json"), WriteModules);
        WriteJson(Path.Combine(folder, "tokenizer.json"), json => CopyTokenizer(json, tokenizerFile));
        File.WriteAllText(Path.Combine(folder, "README.md"), card);
        SafeTensorsWriter.Write(
            Path.Combine(folder, "model.safetensors"),
            [new TensorPart("embeddings", type.DType(), [table.Count, table.Dimensions], () => ToBytes(table.AsSpan(), type))]);
    }

    private static void WriteJson(string file, Action<Utf8JsonWriter> write)
    {
        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, Indented);
        write(json);
    }

    private static void WriteConfig(Utf8JsonWriter json, int dimensions, TableType type, string teacher)
    {
        json.WriteStartObject();
        json.WriteString("model_type", "model2vec");
        json.WriteStartArray("architectures");
        json.WriteStringValue("StaticModel");
        json.WriteEndArray();
        json.WriteString("tokenizer_name", teacher);
        json.WriteNumber("apply_pca", dimensions);
        json.WriteNumber("hidden_dim", dimensions);
        json.WriteNumber("seq_length", 1_000_000);
        json.WriteString("embedding_dtype", type.ToString().ToLowerInvariant());
        json.WriteBoolean("normalize", true);
        json.WriteEndObject();
    }

    private static void WriteModules(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (index, path, module) in new[] { (0, ".", "StaticEmbedding"), (1, "1_Normalize", "Normalize") })
        {
            json.WriteStartObject();
            json.WriteNumber("idx", index);
            json.WriteString("name", index.ToString(CultureInfo.InvariantCulture));
            json.WriteString("path", path);
            json.WriteString("type", "sentence_transformers.models." + module);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void CopyTokenizer(Utf8JsonWriter json, string tokenizerFile)
    {
        using var source = JsonDocument.Parse(File.ReadAllBytes(tokenizerFile));
        json.WriteStartObject();
        foreach (var property in source.RootElement.EnumerateObject())
        {
            if (property.Name is "truncation" or "padding")
            {
                json.WriteNull(property.Name);
            }
            else
            {
                property.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static byte[] ToBytes(ReadOnlySpan<float> numbers, TableType type)
    {
        var bytes = new byte[(long)numbers.Length * type.DType().Size()];
        switch (type)
        {
            case TableType.Float32:
                MemoryMarshal.AsBytes(numbers).CopyTo(bytes);
                break;
            case TableType.Float16:
                var halves = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan());
                for (var i = 0; i < numbers.Length; i++)
                {
                    halves[i] = (Half)numbers[i];
                }

                break;
            default:
                Quantize(numbers, MemoryMarshal.Cast<byte, sbyte>(bytes.AsSpan()));
                break;
        }

        return bytes;
    }

    // One scale for the whole table, as in Model2Vec. It cancels out if vectors are normalized.
    private static void Quantize(ReadOnlySpan<float> numbers, Span<sbyte> codes)
    {
        var largest = 0f;
        foreach (var number in numbers)
        {
            largest = Math.Max(largest, Math.Abs(number));
        }

        var scale = largest > 0 ? 127 / largest : 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            codes[i] = (sbyte)MathF.Round(numbers[i] * scale);
        }
    }
}
