using System.Diagnostics;
using Exact;
using Simile.Index;
using Simile.Numerics;

// Exact search relative to the limits of the machine, measured in the same run.
//   dotnet run -c Release --project bench/Exact [-- ROWS [DIMENSIONS [batch|one [8,9,160]]]]
var rows = args.Length > 0 ? int.Parse(args[0]) : 60_000;
var dimensions = args.Length > 1 ? int.Parse(args[1]) : 784;
int[] threadCounts = Environment.ProcessorCount > 1 ? [1, Environment.ProcessorCount] : [1];

var peak = threadCounts.ToDictionary(threads => threads, Machine.PeakFlops);
var bandwidth = threadCounts.ToDictionary(threads => threads, Machine.ReadBandwidth);
Console.WriteLine($"{rows:N0} vectors of {dimensions} dimensions, best 10. Best of several rounds everywhere.");
var data = Data.Clustered(rows, dimensions, seed: 1);
if (args.Length < 3 || args[2] == "batch")
{
    Batches();
}

if (args.Length < 3 || args[2] == "one")
{
    OneQuery();
}

void Batches()
{
    var results = new List<(int Batch, int Threads, Metric Metric, double Seconds)>();
    foreach (var threads in threadCounts)
    {
        foreach (var metric in new[] { Metric.L2, Metric.Cosine, Metric.Manhattan, Metric.Hamming })
        {
            using var index = new FlatIndex(metric, dimensions, new FlatOptions { Threads = threads });
            var vectors = metric == Metric.Hamming ? Data.Rounded(data) : data;
            index.Add(vectors);
            foreach (var batch in args.Length > 3 ? Array.ConvertAll(args[3].Split(','), int.Parse)
                : metric == Metric.L2 ? [1, 2, 3, 4, 8, 9, 12, 16, 20, 24, 32, 50, 100, 160, 1000, 10_000]
                : new[] { 8, 160, 1000 })
            {
                var queries = Data.Queries(vectors, batch, seed: 2);
                queries = metric == Metric.Hamming ? Data.Rounded(queries) : queries;
                results.Add((batch, threads, metric, Time(() => index.Search(queries, 10), batch > 2000 ? 1 : batch > 200 ? 4 : 12)));
            }

            peak[threads] = Math.Max(peak[threads], Machine.PeakFlops(threads));
        }
    }

    Console.WriteLine("\n| batch | threads | metric | ms | queries/s | GFLOP/s | of peak |\n|---|---|---|---|---|---|---|");
    foreach (var (batch, threads, metric, seconds) in results)
    {
        var flops = 2.0 * batch * rows * dimensions / seconds / 1e9;
        Console.WriteLine(
            $"| {batch:N0} | {threads} | {metric} | {seconds * 1e3:F2} | {batch / seconds:N0} | {flops:F1} | {flops / peak[threads]:P0} |");
    }

    PrintMachine();
}

void OneQuery()
{
    var results = new List<(int Threads, string Rows, Metric Metric, double Seconds, double Bytes)>();
    foreach (var threads in threadCounts)
    {
        foreach (var (type, metric, codes) in Forms())
        {
            using var index = new FlatIndex(metric, dimensions, new FlatOptions { Threads = threads, Rows = type, Codes = codes });
            index.Add(data);
            var queries = Data.Queries(data, 10, seed: 3);
            var seconds = Enumerable.Range(0, queries.Count).Min(i => Time(() => index.Search(queries[i], 10), 8));
            var bytes = (double)rows * dimensions
                * (type switch { RowType.Float32 => codes ? 1 : 4, RowType.Float16 => 2, RowType.Int8 => 1, _ => 0.125 });
            results.Add((threads, codes ? $"{type}, by bytes" : type.ToString(), metric, seconds, bytes));
            bandwidth[threads] = Math.Max(bandwidth[threads], Machine.ReadBandwidth(threads));
        }
    }

    Console.WriteLine("\n| one query, threads | rows | metric | ms | GB/s | of reading |\n|---|---|---|---|---|---|");
    foreach (var (threads, form, metric, seconds, bytes) in results)
    {
        Console.WriteLine(
            $"| {threads} | {form} | {metric} | {seconds * 1e3:F2} | {bytes / seconds / 1e9:F1} "
            + $"| {bytes / seconds / 1e9 / bandwidth[threads]:P0} |");
    }

    PrintMachine();
}

void PrintMachine()
{
    Console.WriteLine("\n| threads | multiply-adds, GFLOP/s | reading, GB/s |\n|---|---|---|");
    foreach (var threads in threadCounts)
    {
        Console.WriteLine($"| {threads} | {peak[threads]:F1} | {bandwidth[threads]:F1} |");
    }
}

static IEnumerable<(RowType Rows, Metric Metric, bool Codes)> Forms() =>
[
    (RowType.Float32, Metric.L2, false), (RowType.Float32, Metric.Cosine, false),
    (RowType.Float32, Metric.Manhattan, false), (RowType.Float32, Metric.Hamming, false),
    (RowType.Float32, Metric.L2, true), (RowType.Float32, Metric.Cosine, true),
    (RowType.Float16, Metric.L2, false), (RowType.Int8, Metric.L2, false), (RowType.Binary, Metric.Hamming, false),
];

static double Time(Action work, int rounds)
{
    work();
    var best = double.MaxValue;
    for (var round = 0; round < rounds; round++)
    {
        var clock = Stopwatch.StartNew();
        work();
        best = Math.Min(best, clock.Elapsed.TotalSeconds);
    }

    return best;
}
