using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Simile.Sync;

namespace Simile;

/// <summary>Traces, metrics and logs of a corpus, under the name "Simile". They contain no texts and no paths.</summary>
internal static partial class CorpusTelemetry
{
    public const string Name = "Simile";

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> SearchDuration = Meter.CreateHistogram<double>(
        "simile.search.duration", "s", "Time of a search, its query embedded.");
    private static readonly Histogram<double> SyncDuration = Meter.CreateHistogram<double>(
        "simile.sync.duration", "s", "Time of a synchronization.");
    private static readonly Counter<long> Embedded = Meter.CreateCounter<long>(
        "simile.sync.embedded", "{item}", "Passages, pictures and parts of sounds that got a vector.");

    public static ActivitySource Source { get; } = new(Name);

    public static void Searched(ILogger logger, Activity? activity, CorpusQuery query, int hits, TimeSpan elapsed)
    {
        var by = query switch
        {
            CorpusQuery.OfText => "text",
            CorpusQuery.OfFile { Kind: MediaKind.Image } => "image",
            CorpusQuery.OfFile => "sound",
            CorpusQuery.OfItem => "item",
            _ => "vector",
        };
        activity?.SetTag("simile.search.by", by).SetTag("simile.search.hits", hits);
        SearchDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("by", by));
        LogSearch(logger, by, hits, elapsed.TotalMilliseconds);
    }

    public static void Synchronized(ILogger logger, Activity? activity, SyncReport report, TimeSpan elapsed)
    {
        activity?.SetTag("simile.sync.embedded", report.Embedded).SetTag("simile.sync.skipped", report.Skipped.Count);
        SyncDuration.Record(elapsed.TotalSeconds);
        Embedded.Add(report.Embedded);
        LogSync(logger, report.Added, report.Updated, report.Removed, report.Embedded, report.Skipped.Count, elapsed.TotalMilliseconds);
    }

    [LoggerMessage(1, LogLevel.Debug, "Searched by {By}: {Hits} hits in {Milliseconds:F1} ms")]
    private static partial void LogSearch(ILogger logger, string by, int hits, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "Synchronized: {Added} files added, {Updated} updated, {Removed} removed, "
        + "{Embedded} items embedded, {Skipped} skipped in {Milliseconds:F0} ms")]
    private static partial void LogSync(
        ILogger logger, int added, int updated, int removed, int embedded, int skipped, double milliseconds);
}
