using System.Globalization;

namespace Simile.Models.Tables;

/// <content>Options as a person writes them.</content>
public sealed partial record ColumnOptions
{
    private const string Known = "standard, minmax, robust, quantile or none (of numbers), missing, weight=W, buckets=N, nosign, "
        + "model=NAME, or for ordinal the values with < between";

    /// <summary>
    /// Reads NAME=KIND or NAME=KIND(option,…): "age=number(robust,weight=2)", "size=ordinal(small&lt;medium&lt;large)", "city=hashed(64)",
    /// "id=ignored".
    /// </summary>
    /// <exception cref="ArgumentException">It has another form, or a kind or option is not known.</exception>
    public static ColumnOptions Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var open = text.EndsWith(')') ? text.IndexOf('(', StringComparison.Ordinal) : -1;
        var head = open < 0 ? text : text[..open];
        var equals = head.LastIndexOf('=');
        if (equals < 1 || !Enum.TryParse<ColumnKind>(head[(equals + 1)..].Trim(), ignoreCase: true, out var kind)
            || char.IsAsciiDigit(head[^1]))
        {
            throw new ArgumentException(
                "A column is said as NAME=KIND, "
                + $"and the kinds are {string.Join(", ", Enum.GetNames<ColumnKind>().Select(name => name.ToLowerInvariant()))}: "
                + $"not '{text}'.",
                nameof(text));
        }

        var options = new ColumnOptions(head[..equals].Trim(), kind);
        foreach (var option in open < 0
            ? []
            : text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            options = With(options, option);
        }

        options.Validate();
        return options;
    }

    private static ColumnOptions With(ColumnOptions options, string option) => option switch
    {
        _ when options.Kind == ColumnKind.Ordinal && option.Contains('<', StringComparison.Ordinal) =>
            options with { Order = option.Split('<', StringSplitOptions.TrimEntries) },
        _
            when options.Kind == ColumnKind.Number && Enum.TryParse<NumberScaling>(option, ignoreCase: true, out var scaling)
                && !char.IsAsciiDigit(option[0]) =>
            options with { Scaling = scaling },
        "missing" => options with { FlagsMissing = true },
        "nosign" => options with { AlternatesSign = false },
        _
            when option.StartsWith("weight=", StringComparison.Ordinal)
                && float.TryParse(option[7..], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) =>
            options with { Weight = weight },
        _
            when option.StartsWith("buckets=", StringComparison.Ordinal)
                && int.TryParse(option[8..], NumberStyles.None, CultureInfo.InvariantCulture, out var buckets) =>
            options with { Buckets = buckets },
        _
            when options.Kind == ColumnKind.Hashed
                && int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out var buckets) =>
            options with { Buckets = buckets },
        _ when option.StartsWith("model=", StringComparison.Ordinal) => options with { Model = option[6..] },
        _ => throw new ArgumentException($"'{option}' is no option of the column {options.Name}: there are {Known}."),
    };
}
