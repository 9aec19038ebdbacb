using System.Diagnostics;
using Groups;
using Simile.Analysis;
using Simile.Numerics;

// k-means, HDBSCAN and duplicates; peers.py beside it measures scikit-learn on the same data.
//   dotnet run -c Release --project bench/Groups -- ASSETS [kmeans|hdbscan|duplicates [COUNTS]]
var assets = args[0];
var only = args.Length > 1 ? args[1] : null;
Console.WriteLine($"{Environment.ProcessorCount} threads, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
if (only is null or "kmeans")
{
    var images = Data.Mnist(assets);
    foreach (var (k, restarts) in new[] { (10, 1), (10, 10), (100, 1) })
    {
        KMeans? found = null;
        var seconds = Time(() => found = KMeans.Fit(images, k, new KMeansOptions { Restarts = restarts }), 3);
        Console.WriteLine(
            $"k-means, k {k}, restarts {restarts}: {seconds.Clock:F3} s ({seconds.Processor:F3} s of processors), "
            + $"inertia {found!.Inertia:F0}, {found.Iterations} iterations");
    }
}

if (only is null or "hdbscan")
{
    var images = Data.Mnist(assets);
    var shortened = Pca.Fit(images, new PcaOptions { Components = 50 }).Transform(images);
    Hdbscan? found = null;
    var seconds = Time(() => found = Hdbscan.Fit(shortened, new HdbscanOptions { MinClusterSize = 10 }), 3);
    Console.WriteLine(
        $"HDBSCAN, PCA 50, min cluster size 10: {seconds.Clock:F3} s ({seconds.Processor:F3} s of processors), {found!.Count} clusters");
}

if (only is null or "duplicates")
{
    foreach (var count in args.Length > 2 ? Array.ConvertAll(args[2].Split(','), int.Parse) : [25_000, 50_000, 100_000])
    {
        var (vectors, copies) = Data.Planted(count, 384);
        Duplicates? found = null;
        var seconds = Time(() => found = Duplicates.Find(vectors, new DuplicateOptions { Threshold = 0.995f }), 1);
        var right = found!.Groups.Sum(g => g.Members.Count(m => Math.Abs(m.Row - g.Kept) == count - copies));
        Console.WriteLine(
            $"duplicates, {count:N0} × 384: {seconds.Clock:F1} s ({seconds.Processor:F1} s of processors), {right:N0} of {copies:N0} "
            + $"found, {found.Count - right:N0} others, {1e6 * seconds.Processor / count:F0} µs of processors each");
    }
}

// Where other work runs on the cores the time of the processor tells more than that of the clock.
static (double Clock, double Processor) Time(Action work, int rounds)
{
    var (clock, processor) = (double.MaxValue, double.MaxValue);
    for (var round = 0; round < rounds; round++)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        work();
        clock = Math.Min(clock, watch.Elapsed.TotalSeconds);
        processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    return (clock, processor);
}
