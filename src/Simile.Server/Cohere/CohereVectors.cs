using System.Runtime.InteropServices;
using System.Text.Json;
using Simile.Server.Http;

namespace Simile.Server.Cohere;

/// <summary>Vectors in Cohere's types.</summary>
internal static class CohereVectors
{
    private static readonly string[] Types = ["float", "int8", "uint8", "binary", "ubinary", "base64"];

    /// <summary>The types of a request, in its order.</summary>
    /// <exception cref="RequestFailure">A type is unknown.</exception>
    public static string[] Require(string[]? types)
    {
        string[] asked = types is null or [] ? ["float"] : [.. types.Distinct()];
        return Array.TrueForAll(asked, Types.Contains)
            ? asked
            : throw new RequestFailure(FailureKind.Validation, $"embedding_types must be of {string.Join(", ", Types)}.");
    }

    /// <summary>Writes <c>"embeddings": {"float": [[…]], …}</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<float[]> vectors, string[] types)
    {
        json.WriteStartObject("embeddings");
        foreach (var type in types)
        {
            json.WriteStartArray(type);
            foreach (var vector in vectors)
            {
                Write(json, vector, type);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, float[] vector, string type)
    {
        switch (type)
        {
            case "float":
                JsonAnswer.WriteVector(json, vector);
                break;
            case "base64":
                json.WriteBase64StringValue(MemoryMarshal.AsBytes(vector.AsSpan()));
                break;
            case "int8":
                WriteNumbers(json, vector.Select(Byte));
                break;
            case "uint8":
                WriteNumbers(json, vector.Select(component => Byte(component) + 128));
                break;
            default:
                WriteNumbers(json, Bits(vector).Select(bits => type == "binary" ? bits - 128 : bits));
                break;
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    // Components of vectors of length 1 are from -1 to 1.
    private static int Byte(float component) => (int)Math.Clamp(MathF.Round(component * 127), -128, 127);

    // The signs of eight components, the first one in the highest bit (numpy's packbits).
    private static IEnumerable<int> Bits(float[] vector)
    {
        for (var i = 0; i < vector.Length; i += 8)
        {
            var bits = 0;
            for (var j = i; j < Math.Min(i + 8, vector.Length); j++)
            {
                bits |= vector[j] > 0 ? 0x80 >> (j - i) : 0;
            }

            yield return bits;
        }
    }
}
