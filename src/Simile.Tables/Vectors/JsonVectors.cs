using System.Text.Json;
using Simile.Numerics.Files;

namespace Simile.Tables;

/// <summary>
/// Reads JSON lines: objects with a "vector" (or "embedding") of numbers and the optional "id" or "path", "label" and "text".
/// </summary>
internal static class JsonVectors
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true };

    /// <exception cref="InvalidDataException">A line is not such an object, or the length of its vector differs from that of the first
    /// one.</exception>
    public static VectorSet Read(string path, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var lines = new ByteLines(file);
        var rows = new VectorRows(path);
        var vector = new List<float>();
        while (lines.Read(out var line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!line.ContainsAnyExcept(" \t"u8))
            {
                continue;
            }

            try
            {
                ReadLine(line, rows, vector, $"line {lines.Number:N0}");
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException(
                    $"{path}: line {lines.Number:N0} is not a JSON object with a \"vector\" of "
                    + $"numbers: {Quoted.Of(e.Message.ReplaceLineEndings(" "))}",
                    e);
            }
        }

        return rows.ToSet();
    }

    private static void ReadLine(ReadOnlySpan<byte> line, VectorRows rows, List<float> vector, string place)
    {
        var json = new Utf8JsonReader(line, Lenient);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("it is not an object.");
        }

        var (isGiven, id, label, text) = (false, (string?)null, (string?)null, (string?)null);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (!isGiven && VectorNames.Vectors.Contains(name))
            {
                ReadVector(ref json, vector);
                isGiven = true;
            }
            else if (VectorNames.Ids.Contains(name))
            {
                id ??= Text(ref json);
            }
            else if (VectorNames.Labels.Contains(name))
            {
                label = Text(ref json);
            }
            else if (VectorNames.Texts.Contains(name))
            {
                text = Text(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        while (json.Read())
        {
            // The JSON reader reports data after the object as an error.
        }

        rows.Add(
            isGiven
                ? System.Runtime.InteropServices.CollectionsMarshal.AsSpan(vector)
                : throw new FormatException("it has no \"vector\" and no \"embedding\"."),
            place);
        rows.Describe(id, label, text);
    }

    private static void ReadVector(ref Utf8JsonReader json, List<float> vector)
    {
        vector.Clear();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("its vector is not a list.");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            vector.Add(json.GetSingle());
        }
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return json.GetString();
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return System.Text.Encoding.UTF8.GetString(json.ValueSpan);
            default:
                json.Skip();
                return null;
        }
    }
}
