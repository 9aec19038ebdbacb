using System.Text.Json;

namespace Simile.Models.Tables;

/// <summary>
/// A date as what comes round again, each as sine and cosine so that December is next to January: the month, the day of the month, the day
/// of the week and the time of day; and the time itself, (t − mean) / standard deviation. A missing date has zeros.
/// </summary>
internal sealed class DateEncoder(ColumnOptions options) : ColumnEncoder(options)
{
    private static readonly string[] Parts =
    [
        "time", "month_sin", "month_cos", "day_sin", "day_cos", "weekday_sin", "weekday_cos", "hour_sin", "hour_cos",
    ];

    private long _count;
    private double _mean;
    private double _squares;
    private double _scale = 1;

    public override string[] Names =>
        [.. Parts.Select(part => $"{Options.Name}_{part}"), .. Options.FlagsMissing ? new[] { Options.Name + "_missing" } : []];

    public override int Width => Parts.Length + (Options.FlagsMissing ? 1 : 0);

    public override void Fit(string? value)
    {
        if (TableValue.TryDate(value, out var date))
        {
            var before = Days(date) - _mean;
            _mean += before / ++_count;
            _squares += before * (Days(date) - _mean);
        }
    }

    public override void Finish() => _scale = _squares > 0 ? Math.Sqrt(_squares / _count) : 1;

    protected override void Encode(string? value, Span<float> target)
    {
        if (TableValue.TryDate(value, out var date))
        {
            target[0] = (float)((Days(date) - _mean) / _scale);
            Cycle((date.Month - 1) / 12.0, target[1..]);
            Cycle((date.Day - 1) / (double)DateTime.DaysInMonth(date.Year, date.Month), target[3..]);
            Cycle((int)date.DayOfWeek / 7.0, target[5..]);
            Cycle(date.TimeOfDay.TotalDays, target[7..]);
        }
        else if (Options.FlagsMissing)
        {
            target[^1] = 1;
        }
    }

    public override void Save(Utf8JsonWriter json)
    {
        json.WriteNumber("mean", _mean);
        json.WriteNumber("scale", _scale);
    }

    public override void Load(JsonElement json, string path)
    {
        (_mean, _scale) = (TableFolder.Number(json, "mean", path), TableFolder.Number(json, "scale", path));
        _scale = _scale == 0 ? 1 : _scale;
    }

    private static double Days(DateTime date) => (date - DateTime.UnixEpoch).TotalDays;

    private static void Cycle(double turn, Span<float> target) =>
        (target[0], target[1]) = ((float)Math.Sin(2 * Math.PI * turn), (float)Math.Cos(2 * Math.PI * turn));
}
