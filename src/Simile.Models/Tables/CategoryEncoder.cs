using System.Text.Json;

namespace Simile.Models.Tables;

/// <summary>
/// A component for each class that fitting saw, in the order of code points; a missing value is a class of its own. A class that fitting
/// did not see has zeros.
/// </summary>
internal sealed class CategoryEncoder(ColumnOptions options) : ColumnEncoder(options)
{
    /// <summary>The class of missing values.</summary>
    public const string Missing = "<missing>";

    /// <summary>The most classes of a column.</summary>
    public const int MostCategories = 100_000;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Dictionary<string, int> _categories = new(StringComparer.Ordinal);

    public override string[] Names =>
        [.. Sorted().Select(category => $"{Options.Name}_{category}"), .. Options.FlagsMissing ? new[] { Options.Name + "_missing" } : []];

    public override int Width => _categories.Count + (Options.FlagsMissing ? 1 : 0);

    public override void Fit(string? value)
    {
        if (_seen.Add(Class(value)) && _seen.Count > MostCategories)
        {
            throw new InvalidDataException(
                $"The column {Options.Name} has more than {MostCategories:N0} classes: take it as hashed, as text, or leave it out.");
        }
    }

    public override void Finish() => Take(_seen.Order(CodePointOrder.Instance));

    protected override void Encode(string? value, Span<float> target)
    {
        if (_categories.TryGetValue(Class(value), out var at))
        {
            target[at] = 1;
        }

        if (Options.FlagsMissing)
        {
            target[^1] = TableValue.IsMissing(value) ? 1 : 0;
        }
    }

    public override void Save(Utf8JsonWriter json)
    {
        json.WriteStartArray("categories");
        foreach (var category in Sorted())
        {
            json.WriteStringValue(category);
        }

        json.WriteEndArray();
    }

    public override void Load(JsonElement json, string path) =>
        Take(TableFolder.List(json, "categories", path).Select(category => JsonFile.String(category, "categories", path)));

    private static string Class(string? value) => TableValue.IsMissing(value) ? Missing : value!;

    private IEnumerable<string> Sorted() => _categories.OrderBy(category => category.Value).Select(category => category.Key);

    private void Take(IEnumerable<string> categories) =>
        _categories = categories.Select((category, at) => (category, at))
            .ToDictionary(entry => entry.category, entry => entry.at, StringComparer.Ordinal);
}
