using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Simile.Server.Telemetry;

/// <summary>Traces and metrics of the server, under the name "Simile.Server". They contain no texts, no paths and no keys.</summary>
internal static class ServerTelemetry
{
    public const string Name = "Simile.Server";

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Requests = Meter.CreateHistogram<double>(
        "simile.server.request.duration", "s", "Time of a request.");
    private static readonly Histogram<double> Batches = Meter.CreateHistogram<double>(
        "simile.server.batch.duration", "s", "Time of a batch in a model.");
    private static readonly Counter<long> Inputs = Meter.CreateCounter<long>(
        "simile.server.inputs", "{input}", "Texts, pictures, sounds and pairs that ran through a model.");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "simile.server.tokens", "{token}", "Their tokens, estimated by length.");
    private static readonly UpDownCounter<long> Queue = Meter.CreateUpDownCounter<long>(
        "simile.server.queue", "{token}", "Tokens that wait for a model, estimated by length.");
    private static readonly UpDownCounter<long> Loaded = Meter.CreateUpDownCounter<long>(
        "simile.server.models", "{model}", "Models in memory.");

    public static ActivitySource Source { get; } = new(Name);

    public static void Request(string route, int status, TimeSpan elapsed) =>
        Requests.Record(
            elapsed.TotalSeconds, new KeyValuePair<string, object?>("route", route), new KeyValuePair<string, object?>("status", status));

    public static void Batch(string model, int inputs, long tokens, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("model", model);
        Batches.Record(elapsed.TotalSeconds, tag);
        Inputs.Add(inputs, tag);
        Tokens.Add(tokens, tag);
    }

    public static void Waiting(string model, long tokens) => Queue.Add(tokens, new KeyValuePair<string, object?>("model", model));

    public static void Models(string model, int change) => Loaded.Add(change, new KeyValuePair<string, object?>("model", model));
}
