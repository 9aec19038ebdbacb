using System.Text.Json;

namespace Simile.Models.Tables;

/// <summary>
/// The folder of a fitted table: config.json, which says what it is, and table.json, which holds the columns and what fitting found.
/// </summary>
internal static class TableFolder
{
    public const string Family = "simile-table";
    private const string ConfigName = "config.json";
    private const string TableName = "table.json";
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether a folder is one of a fitted table.</summary>
    public static bool Is(string folder)
    {
        var path = Path.Combine(folder, ConfigName);
        if (!File.Exists(path) || !File.Exists(Path.Combine(folder, TableName)))
        {
            return false;
        }

        using var config = JsonFile.Parse(path);
        return JsonFile.Text(config.RootElement, "model_type") == Family;
    }

    public static void Save(string folder, IReadOnlyList<ColumnEncoder> encoders, int dimensions)
    {
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, TableName), file => Write(file, json =>
        {
            json.WriteStartArray("columns");
            foreach (var encoder in encoders)
            {
                json.WriteStartObject();
                WriteOptions(json, encoder.Options);
                encoder.Save(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
        WholeFile.Write(Path.Combine(folder, ConfigName), file => Write(file, json =>
        {
            json.WriteString("model_type", Family);
            json.WriteNumber("dimensions", dimensions);
        }));
    }

    public static List<ColumnEncoder> Load(string folder, TableModels models)
    {
        var path = Path.Combine(folder, TableName);
        using var document = JsonFile.Parse(path);
        var encoders = new List<ColumnEncoder>();
        foreach (var column in List(document.RootElement, "columns", path))
        {
            var options = ReadOptions(column, path);
            options.Validate();
            var encoder = ColumnEncoder.Of(options, models);
            encoder.Load(column, path);
            encoders.Add(encoder);
        }

        return encoders;
    }

    public static double Number(JsonElement json, string name, string path) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new InvalidDataException($"{path}: \"{name}\" should be a number.");

    public static IEnumerable<JsonElement> List(JsonElement json, string name, string path) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : throw new InvalidDataException($"{path}: \"{name}\" should be a list.");

    private static void Write(Stream file, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(file, Indented);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, ColumnOptions options)
    {
        json.WriteString("name", options.Name);
        json.WriteString("kind", options.Kind.ToString());
        json.WriteString("scaling", options.Scaling.ToString());
        json.WriteBoolean("flags_missing", options.FlagsMissing);
        json.WriteNumber("buckets", options.Buckets);
        json.WriteBoolean("alternates_sign", options.AlternatesSign);
        json.WriteBoolean("hashes_numbers", options.HashesNumbers);
        json.WriteString("group", options.Group);
        json.WriteString("model", options.Model);
        json.WriteNumber("weight", options.Weight);
        json.WriteStartArray("order");
        foreach (var value in options.Order)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static ColumnOptions ReadOptions(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object || JsonFile.FreeText(json, "name") is not { } name
            || !Enum.TryParse<ColumnKind>(JsonFile.Text(json, "kind"), out var kind)
            || !Enum.TryParse<NumberScaling>(JsonFile.Text(json, "scaling"), out var scaling))
        {
            throw new InvalidDataException($"{path}: a column needs \"name\", \"kind\" and \"scaling\".");
        }

        return new ColumnOptions(name, kind)
        {
            Scaling = scaling,
            FlagsMissing = JsonFile.Flag(json, "flags_missing") ?? false,
            Buckets = JsonFile.Integer(json, "buckets") ?? 0,
            AlternatesSign = JsonFile.Flag(json, "alternates_sign") ?? true,
            HashesNumbers = JsonFile.Flag(json, "hashes_numbers") ?? false,
            Group = JsonFile.FreeText(json, "group"),
            Model = JsonFile.Text(json, "model"),
            Weight = (float)Number(json, "weight", path),
            Order = [.. List(json, "order", path).Select(value => JsonFile.String(value, "order", path))],
        };
    }
}
