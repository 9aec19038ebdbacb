namespace Simile.Models.Tables;

/// <summary>The place of a value in the given order, from 0; −1 where it is not in it, or missing.</summary>
internal sealed class OrdinalEncoder(ColumnOptions options) : ColumnEncoder(options)
{
    private readonly Dictionary<string, int> _places = options.Order.Select((value, at) => (value, at))
        .ToDictionary(entry => entry.value, entry => entry.at, StringComparer.Ordinal);

    public override string[] Names => Options.FlagsMissing ? [Options.Name, Options.Name + "_missing"] : [Options.Name];

    public override int Width => Options.FlagsMissing ? 2 : 1;

    protected override void Encode(string? value, Span<float> target)
    {
        target[0] = value is not null && _places.TryGetValue(value, out var at) ? at : -1;
        if (Options.FlagsMissing)
        {
            target[1] = TableValue.IsMissing(value) ? 1 : 0;
        }
    }
}
