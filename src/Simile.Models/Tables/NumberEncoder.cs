using System.Text.Json;

namespace Simile.Models.Tables;

/// <summary>Numbers: (x − <see cref="_center"/>) / <see cref="_scale"/>, or the share of the fitted values below x.</summary>
/// <remarks>
/// As scikit-learn's SimpleImputer followed by StandardScaler, MinMaxScaler, RobustScaler or QuantileTransformer: the filled values take
/// part in the scale. A column of one value is divided by 1.
/// </remarks>
internal sealed class NumberEncoder(ColumnOptions options) : ColumnEncoder(options)
{
    private const int MostQuantiles = 1000;
    private const double Rounding = 2.220446049250313e-16;

    private QuantileSketch? _sketch = new();
    private long _count;
    private long _missing;
    private double _mean;
    private double _squares;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;

    private double _fill;
    private double _center;
    private double _scale = 1;
    private double[] _quantiles = [];

    public override string[] Names => Options.FlagsMissing ? [Options.Name, Options.Name + "_missing"] : [Options.Name];

    public override int Width => Options.FlagsMissing ? 2 : 1;

    /// <inheritdoc/>
    public override void Fit(string? value)
    {
        if (!TableValue.TryNumber(value, out var number))
        {
            _missing++;
            return;
        }

        // Welford's running mean and sum of squares.
        var before = number - _mean;
        _mean += before / ++_count;
        _squares += before * (number - _mean);
        (_least, _greatest) = (Math.Min(_least, number), Math.Max(_greatest, number));
        if (Options.Scaling is not (NumberScaling.Standard or NumberScaling.None))
        {
            _sketch!.Add(number);
        }
    }

    public override void Finish()
    {
        if (_count > 0)
        {
            _fill = Options.Scaling is NumberScaling.Standard or NumberScaling.None ? _mean : _sketch!.Quantiles([0.5])[0];
            (_center, _scale) = Options.Scaling switch
            {
                NumberScaling.Standard => (_mean, Math.Sqrt(_squares / (_count + _missing))),
                NumberScaling.MinMax => (_least, _greatest - _least),
                NumberScaling.Robust => Robust(_sketch!.Quantiles([0.25, 0.5, 0.75], _fill, _missing)),
                _ => (0, 1),
            };
            _scale = IsConstant(_scale) ? 1 : _scale;
            _quantiles = Options.Scaling == NumberScaling.Quantile ? AllQuantiles() : [];
        }

        _sketch = null;
    }

    protected override void Encode(string? value, Span<float> target)
    {
        var isThere = TableValue.TryNumber(value, out var number);
        number = isThere ? number : _fill;
        target[0] = (float)(Options.Scaling == NumberScaling.Quantile ? Share(number) : (number - _center) / _scale);
        if (Options.FlagsMissing)
        {
            target[1] = isThere ? 0 : 1;
        }
    }

    public override void Save(Utf8JsonWriter json)
    {
        json.WriteNumber("fill", _fill);
        json.WriteNumber("center", _center);
        json.WriteNumber("scale", _scale);
        json.WriteStartArray("quantiles");
        foreach (var quantile in _quantiles)
        {
            json.WriteNumberValue(quantile);
        }

        json.WriteEndArray();
    }

    public override void Load(JsonElement json, string path)
    {
        (_fill, _center, _scale) =
            (TableFolder.Number(json, "fill", path), TableFolder.Number(json, "center", path), TableFolder.Number(json, "scale", path));
        _quantiles = [.. TableFolder.List(json, "quantiles", path).Select(quantile => quantile.GetDouble())];
        if (_scale == 0 || (Options.Scaling == NumberScaling.Quantile && _quantiles.Length == 1))
        {
            throw new InvalidDataException($"{path}: the scale of the column {Options.Name} is damaged.");
        }
    }

    private static (double Center, double Scale) Robust(double[] quartiles) => (quartiles[1], quartiles[2] - quartiles[0]);

    // What rounding leaves of a constant column is no scale, by the bounds of scikit-learn.
    private bool IsConstant(double scale)
    {
        var (count, variance) = (_count + _missing, scale * scale);
        var rounded = count * _mean * Rounding;
        return Options.Scaling == NumberScaling.Standard
            ? variance <= (count * Rounding * variance) + (rounded * rounded)
            : scale < 10 * Rounding;
    }

    private double[] AllQuantiles()
    {
        var count = (int)Math.Min(MostQuantiles, _count + _missing);
        return count < 2
            ? [_least, _greatest]
            : _sketch!.Quantiles([.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))], _fill, _missing);
    }

    // The mean of the interpolations from below and from above, so that equal quantiles give the middle of their shares.
    private double Share(double number)
    {
        if (_quantiles.Length < 2 || number <= _quantiles[0])
        {
            return 0;
        }

        return number >= _quantiles[^1] ? 1 : (Below(number) + Above(number)) / 2;
    }

    private double Below(double number)
    {
        var right = UpperBound(number);
        return At(right - 1, right, number);
    }

    private double Above(double number)
    {
        var right = LowerBound(number);
        return At(Math.Max(0, right - 1), right, number);
    }

    private double At(int left, int right, double number)
    {
        var (a, b, last) = (_quantiles[left], _quantiles[Math.Min(right, _quantiles.Length - 1)], _quantiles.Length - 1.0);
        return (left + (b > a ? (number - a) / (b - a) : 1)) / last;
    }

    private int UpperBound(double number)
    {
        var at = Array.BinarySearch(_quantiles, number);
        for (at = at < 0 ? ~at : at; at < _quantiles.Length && _quantiles[at] <= number; at++)
        {
        }

        return at;
    }

    private int LowerBound(double number)
    {
        var at = Array.BinarySearch(_quantiles, number);
        for (at = at < 0 ? ~at : at; at > 0 && _quantiles[at - 1] >= number; at--)
        {
        }

        return at;
    }
}
