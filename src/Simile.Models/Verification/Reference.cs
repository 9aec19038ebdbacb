using System.Text.Json;

namespace Simile.Models.Verification;

/// <summary>Values from a reference implementation: one JSON object per line (docs/models/verify.md).</summary>
internal sealed class Reference
{
    private const float LongestSweep = 60;

    private readonly List<ReferenceItem> _items = [];
    private readonly Dictionary<string, string> _files = [];

    /// <summary>The name of the model; null if the file does not give it.</summary>
    public string? Model { get; private set; }

    /// <summary>The tolerance of the values; null if the file does not give it.</summary>
    public double? Tolerance { get; private set; }

    /// <summary>SHA-256 of the model's files, by relative path.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>SHA-256 of the weights; null if it is missing.</summary>
    public string? Weights => _files.GetValueOrDefault("model.safetensors");

    /// <summary>The texts, pictures and sounds.</summary>
    public IReadOnlyList<ReferenceItem> Items => _items;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">A line has another format.</exception>
    public static Reference Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file of reference values {path}.", path);
        }

        using var reader = new StreamReader(path);
        return Parse(reader, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads lines.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">The name for error messages.</param>
    /// <param name="folder">The folder of relative picture paths.</param>
    /// <exception cref="InvalidDataException">A line has another format.</exception>
    public static Reference Parse(TextReader reader, string name, string folder)
    {
        var reference = new Reference();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(line);
                reference.Add(json.RootElement, folder);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException(
                    $"Line {number} of {name} does not have the format of docs/models/verify.md: {e.Message.TrimEnd('.')}.", e);
            }
        }

        return reference;
    }

    private void Add(JsonElement line, string folder)
    {
        if (JsonFile.FreeText(line, "text") is { } text)
        {
            _items.Add(new ReferenceItem(MediaKind.Text, text, null, Ids(line), null, 1, null, Numbers(line, "vector")));
        }
        else if (JsonFile.Text(line, "image") is { } image)
        {
            _items.Add(Media(line, MediaKind.Image, image, folder, "pixels"));
        }
        else if (JsonFile.Text(line, "audio") is { } audio)
        {
            _items.Add(Media(line, MediaKind.Sound, audio, folder, "features"));
        }
        else if (JsonFile.Optional(line, "sweep") is not null)
        {
            var sweep = Numbers(line, "sweep") is [>= 0 and var from, >= 0 and var to, > 0 and <= LongestSweep and var seconds]
                ? (from, to, seconds)
                : throw new FormatException($"a sweep is [Hz, Hz, seconds], of {LongestSweep} seconds at most");
            _items.Add(
                Media(line, MediaKind.Sound, FormattableString.Invariant($"a tone of {sweep.from} to {sweep.to} Hz"), null, "features") with
                {
                    Sweep = sweep,
                });
        }
        else if (JsonFile.Optional(line, "files") is { ValueKind: JsonValueKind.Object } files)
        {
            Model = JsonFile.Text(line, "model");
            Tolerance = JsonFile.Optional(line, "tolerance")?.GetDouble();
            foreach (var file in files.EnumerateObject())
            {
                _files[file.Name] = file.Value.GetString() is { Length: 64 } hash
                    ? hash.ToLowerInvariant()
                    : throw new FormatException($"the hash of {file.Name} is not a SHA-256 of 64 digits");
            }
        }
        else
        {
            throw new FormatException("it has neither \"text\" nor \"image\" nor \"audio\" nor \"sweep\" nor \"files\"");
        }
    }

    private static ReferenceItem Media(JsonElement line, MediaKind kind, string name, string? folder, string numbers) =>
        new(
            kind,
            name,
            folder is null ? null : Path.Combine(folder, name),
            null,
            Numbers(line, numbers),
            Math.Max(1, JsonFile.Integer(line, "step") ?? 1),
            JsonFile.Optional(line, "mean")?.GetDouble(),
            Numbers(line, "vector"));

    private static int[]? Ids(JsonElement line) =>
        JsonFile.Optional(line, "ids") is { } ids ? [.. ids.EnumerateArray().Select(id => id.GetInt32())] : null;

    private static float[]? Numbers(JsonElement line, string name) =>
        JsonFile.Optional(line, name) is { } numbers ? [.. numbers.EnumerateArray().Select(number => number.GetSingle())] : null;
}
