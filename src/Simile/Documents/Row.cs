using System.Text;

namespace Simile.Documents;

/// <summary>A table row as text: one line "column: value" per non-empty cell.</summary>
internal static class Row
{
    public static string ToText(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            Append(text, i < columns.Count ? columns[i] : string.Empty, values[i]);
        }

        return text.ToString();
    }

    public static void Append(StringBuilder text, string column, string value)
    {
        var trimmed = value.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return;
        }

        if (text.Length > 0)
        {
            text.Append('\n');
        }

        if (!string.IsNullOrWhiteSpace(column))
        {
            text.Append(column.AsSpan().Trim()).Append(": ");
        }

        text.Append(trimmed);
    }
}
