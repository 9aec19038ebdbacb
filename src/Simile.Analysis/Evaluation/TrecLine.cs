using System.Globalization;

namespace Simile.Analysis;

/// <summary>A line of a TREC file: fields separated by blanks or tabs.</summary>
internal sealed record TrecLine(string Path, int Number, string[] Fields)
{
    /// <summary>The non-empty lines.</summary>
    public static IEnumerable<TrecLine> ReadAll(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0)
            {
                yield return new TrecLine(path, number, fields);
            }
        }
    }

    public static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    public int WholeNumber(int field) =>
        int.TryParse(Fields[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade)
            ? grade
            : throw Refuse($"'{Fields[field]}' is no whole number");

    public double Decimal(int field) => double.TryParse(Fields[field], NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
        ? score
        : throw Refuse($"'{Fields[field]}' is no number");

    /// <summary>Adds the content of a line. Errors name the line.</summary>
    public void Do(Action add)
    {
        try
        {
            add();
        }
        catch (ArgumentException e)
        {
            throw Refuse(e.Message.TrimEnd('.'));
        }
    }

    public InvalidDataException Bad(string form) => Refuse($"{Fields.Length} fields where there must be '{form}'");

    private InvalidDataException Refuse(string why) => new($"{Path}, line {Number}: {why}.");
}
