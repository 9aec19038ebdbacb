namespace Simile.Models.Tables;

/// <summary>Counts what the values of a column are, value by value, in bounded memory, and guesses what they mean.</summary>
internal sealed class ColumnStatistics(string name)
{
    private const int MostDistinct = 1000;
    private const int MostOneHot = 64;
    private const int Examples = 3;
    private const int LongestExample = 60;

    // A class comes several times; names and sentences hardly ever do.
    private const double LeastRepeats = 2;
    private const double WordsOfText = 3;

    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic"];
    private static readonly string[] KeyNames = ["id", "key", "index", "uuid", "guid", "rowid"];

    private readonly List<string> _examples = [];
    private HashSet<string>? _distinct = new(StringComparer.Ordinal);
    private long _count;
    private long _missing;
    private long _numbers;
    private long _dates;
    private long _pictures;
    private long _words;
    private double _sum;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;

    public void Add(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            _missing++;
            return;
        }

        _count++;
        _words += 1 + value.AsSpan().Trim().Count(' ');
        if (TableValue.TryNumber(value, out var number))
        {
            _numbers++;
            _sum += number;
            (_least, _greatest) = (Math.Min(_least, number), Math.Max(_greatest, number));
        }
        else if (TableValue.TryDate(value, out _))
        {
            _dates++;
        }
        else if (value.AsSpan(Math.Max(0, value.Length - 5)).Contains('.')
            && Pictures.Any(ending => value.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            _pictures++;
        }

        Distinguish(value);
    }

    public ColumnDescription Describe()
    {
        var (kind, reason) = Guess();
        return new ColumnDescription(name, kind, _count, _missing, _distinct?.Count, reason, [.. _examples])
        {
            Range = _numbers == _count && _count > 0 ? (_least, _sum / _count, _greatest) : null,
        };
    }

    private void Distinguish(string value)
    {
        if (_distinct?.Add(value) != true)
        {
            return;
        }

        if (_examples.Count < Examples)
        {
            _examples.Add(value.Length <= LongestExample ? value : value[..LongestExample] + "…");
        }

        _distinct = _distinct.Count > MostDistinct ? null : _distinct;
    }

    private (ColumnKind Kind, string Reason) Guess()
    {
        var isUnique = _distinct is null || _distinct.Count == _count;
        return _count == 0 ? (ColumnKind.Ignored, "it has no values")
            : _distinct?.Count == 1 && _missing == 0 ? (ColumnKind.Ignored, "it has one value")
            : isUnique && KeyNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase) ? (
                ColumnKind.Ignored, "its name and values are those of a key")
            : _numbers == _count ? (ColumnKind.Number, "every value is a number")
            : _dates == _count ? (ColumnKind.Date, "every value is a date")
            : _pictures == _count ? (ColumnKind.Image, "every value is the name of a picture file")
            : _words >= WordsOfText * _count ? (ColumnKind.Text, "values have several words")
            : _distinct is { } distinct && _count >= LeastRepeats * distinct.Count ? distinct.Count <= MostOneHot
                ? (ColumnKind.Category, "few values come again and again")
                : (ColumnKind.Hashed, "many values come again and again")
            : _distinct is null ? (ColumnKind.Hashed, "there are many different values")
            : (ColumnKind.Text, "values hardly come again");
    }
}
