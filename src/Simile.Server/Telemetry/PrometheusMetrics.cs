using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Simile.Server.Telemetry;

/// <summary>Collects the metrics of Simile, and writes them in Prometheus's text format.</summary>
/// <remarks>Thread-safe. Written by hand: the exporter of OpenTelemetry for ASP.NET Core has no stable version.</remarks>
internal sealed class PrometheusMetrics : IDisposable
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly ConcurrentDictionary<(string Instrument, string Labels), Series> _series = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
    private readonly MeterListener _listener = new();

    public PrometheusMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is "Simile" or ServerTelemetry.Name)
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All metrics in text.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (name, instrument) in _instruments.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var (shown, isHistogram, isCounter) = (Name(instrument), instrument is Histogram<double>, instrument is Counter<long>);
            text.Append(
                CultureInfo.InvariantCulture,
                $"# HELP {shown} {instrument.Description}\n"
                + $"# TYPE {shown} {(isHistogram ? "histogram" : isCounter ? "counter" : "gauge")}\n");
            foreach (var (key, series) in _series.Where(entry => entry.Key.Instrument == name)
                .OrderBy(entry => entry.Key.Labels, StringComparer.Ordinal))
            {
                series.Write(text, shown, key.Labels, isHistogram);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.GetOrAdd((instrument.Name, Labels(tags)), _ => new Series()).Add(value);

    private static string Name(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        return instrument is Histogram<double> ? name + "_seconds" : instrument is Counter<long> ? name + "_total" : name;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            var quoted = Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Append(labels.Length == 0 ? string.Empty : ",").Append(CultureInfo.InvariantCulture, $"{key}=\"{quoted}\"");
        }

        return labels.ToString();
    }

    /// <summary>The measurements of one instrument with one set of labels.</summary>
    private sealed class Series
    {
        private readonly Lock _lock = new();
        private readonly long[] _buckets = new long[Bounds.Length];
        private double _sum;
        private long _count;

        public void Add(double value)
        {
            lock (_lock)
            {
                _sum += value;
                _count++;
                for (var i = 0; i < Bounds.Length; i++)
                {
                    _buckets[i] += value <= Bounds[i] ? 1 : 0;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isHistogram)
        {
            lock (_lock)
            {
                var braces = labels.Length == 0 ? string.Empty : $"{{{labels}}}";
                if (!isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{braces} {_sum}\n");
                    return;
                }

                var prefix = labels.Length == 0 ? string.Empty : labels + ",";
                for (var i = 0; i < Bounds.Length; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{prefix}le=\"{Bounds[i]}\"}} {_buckets[i]}\n");
                }

                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{name}_bucket{{{prefix}le=\"+Inf\"}} {_count}\n{name}_sum{braces} {_sum}\n{name}_count{braces} {_count}\n");
            }
        }
    }
}
