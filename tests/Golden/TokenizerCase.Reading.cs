using System.Text.Json;
using System.Text.Json.Nodes;
using Simile.Tokenizers;

namespace Golden;

internal static partial class TokenizerCase
{
    private static JsonElement ReadJson(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    private static void ForEachLine(string folder, string name, Action<JsonElement, string> check)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            return;
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            using var document = JsonDocument.Parse(line);
            check(document.RootElement, $"{name}:{number}");
        }
    }

    private static int[]? Numbers(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(v => v.GetInt32())] : null;

    private static string[] Strings(JsonElement line, string name) =>
        [.. line.GetProperty(name).EnumerateArray().Select(v => v.GetString()!)];

    private static (int, int)[] Offsets(JsonElement line) =>
        [.. line.GetProperty("offsets").EnumerateArray().Select(v => (v[0].GetInt32(), v[1].GetInt32()))];

    // Ours are UTF-16 units, the reference's are code points.
    private static (int, int)[] CodePointOffsets(Encoding encoding, string text, string? pair)
    {
        var first = CodePoints(text);
        var second = CodePoints(pair ?? string.Empty);
        return [.. encoding.Offsets.Zip(encoding.Sequences, (offset, sequence) =>
        {
            var points = sequence == 1 ? second : first;
            return (points[offset.Start], points[offset.End]);
        })];
    }

    private static int[] CodePoints(string text)
    {
        var points = new int[text.Length + 1];
        for (int i = 0, n = 0; i < text.Length; i++)
        {
            points[i] = n;
            points[i + 1] = n += i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 0 : 1;
        }

        return points;
    }

    private static Truncation? ReadTruncation(JsonElement options) => options.ValueKind != JsonValueKind.Object
        ? null
        : new Truncation(options.GetProperty("max_length").GetInt32())
        {
            Stride = options.GetProperty("stride").GetInt32(),
            Strategy = Enum.Parse<TruncationStrategy>(
                options.GetProperty("strategy").GetString()!.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true),
            Direction = Enum.Parse<Side>(options.GetProperty("direction").GetString()!, ignoreCase: true),
        };

    private static Padding? ReadPadding(JsonElement options) => options.ValueKind != JsonValueKind.Object
        ? null
        : new Padding
        {
            Length = Optional(options, "length"),
            MultipleOf = Optional(options, "pad_to_multiple_of"),
            Direction = Enum.Parse<Side>(options.GetProperty("direction").GetString()!, ignoreCase: true),
            Id = options.GetProperty("pad_id").GetInt32(),
            TypeId = options.GetProperty("pad_type_id").GetInt32(),
            Token = options.GetProperty("pad_token").GetString()!,
        };

    private static int? Optional(JsonElement options, string name) =>
        options.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static string JsonText<T>(IReadOnlyList<T>? values) =>
        values is null ? "nothing" : $"[{string.Join(", ", values.Select(v => $"{v}"))}]";

    /// <summary>A copy of a JSON file with some of its top-level members replaced.</summary>
    private sealed class ChangedJson : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simile-golden-");

        public ChangedJson(string source, JsonElement overrides)
        {
            var root = JsonNode.Parse(File.ReadAllText(source))!.AsObject();
            foreach (var member in overrides.EnumerateObject())
            {
                root[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }

            File.WriteAllText(Path, root.ToJsonString());
        }

        public string Path => System.IO.Path.Combine(_folder.FullName, "tokenizer.json");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
