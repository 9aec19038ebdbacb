using System.Diagnostics;
using Simile.Analysis;
using Simile.Numerics;

// t-SNE, UMAP, PCA and the autoencoder on MNIST t10k beside scikit-learn; t-SNE and UMAP of 15,000 to 60,000 shifted pictures.
// Above 10,000 rows neighbors are found by an HNSW graph here, so that the growth of that path shows.
//   dotnet run -c Release --project bench/Projections -- ASSETS [pca|maps|autoencoder|doubling [SEEDS]]
// Times are wall seconds and processor seconds of both cores: where others use the machine, the second is the one to compare.
var folder = Path.Combine(args[0], "data/mnist");
var part = args.Length > 1 ? args[1] : "";
var seeds = args.Length > 2 ? int.Parse(args[2]) : 2;
var rows = Mnist.Pictures(folder);
var labels = Mnist.Labels(folder);
Console.WriteLine($"{rows.Count:N0} pictures of {rows.Dimensions} pixels, {Environment.ProcessorCount} cores");
NeighborGraph.Build(rows); // the kernels are compiled
Console.WriteLine("what\twall s\tprocessor s\tKL\ttrustworthiness(12)\t10-NN accuracy");
if (part is "" or "pca")
{
    // The first round is compiled, then thrown away.
    for (var round = 0; round < 3; round++)
    {
        Console.WriteLine($"round {round}");
        Own(
            "Pca.Fit, 50 components, exact",
            () => (Pca.Fit(rows, new PcaOptions { Components = 50, Solver = PcaSolver.Exact }).Components, double.NaN),
            quality: false);
        ScikitLearn("pca_full", 1, quality: false);
        Own(
            "Pca.Fit, 50 components, randomized",
            () => (Pca.Fit(rows, new PcaOptions { Components = 50, Solver = PcaSolver.Randomized }).Components, double.NaN),
            quality: false);
        ScikitLearn("pca", 1, quality: false);
    }
}

for (var seed = 1; (part is "" or "maps") && seed <= seeds; seed++)
{
    Own($"Umap, seed {seed}", () => (Umap.Fit(rows, new UmapOptions { Seed = seed }).Embedding, double.NaN));
    Own($"TSne, seed {seed}", () =>
    {
        var tsne = TSne.Fit(rows, new TSneOptions { Seed = seed });
        return (tsne.Embedding, tsne.KlDivergence);
    });
    ScikitLearn("tsne", seed);
}

if (part is "" or "autoencoder")
{
    CompareAutoencoder();
}

if (part is "" or "doubling")
{
    foreach (var count in new[] { 15_000, 30_000, 60_000 })
    {
        var more = Mnist.Shifted(rows, count);
        Own($"NeighborGraph of {count:N0}", () => (Graph(more), double.NaN), quality: false);
        Own(
            $"TSne of {count:N0}, 100 iterations",
            () => (TSne.Fit(more, new TSneOptions { EarlyIterations = 50, Iterations = 50, ExactNeighborsUpTo = 10_000 }).Embedding,
                double.NaN),
            quality: false);
        Own(
            $"Umap of {count:N0}, 100 epochs",
            () => (Umap.Fit(more, new UmapOptions { Epochs = 100, ExactNeighborsUpTo = 10_000 }).Embedding, double.NaN),
            quality: false);
        Console.WriteLine($"\tmost memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MB");
    }
}

void Own(string what, Func<(VectorMatrix Places, double Kl)> work, bool quality = true)
{
    var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
    var (places, kl) = work();
    Print(what, watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds, kl, quality
        ? places
        : null);
}

void ScikitLearn(string work, int seed, bool quality = true)
{
    var output = Path.GetTempFileName();
    var start = new ProcessStartInfo(
        "/usr/bin/python3", [Path.Combine("bench", "Projections", "sklearn_peer.py"), folder, work, $"{seed}", output])
    {
        RedirectStandardOutput = true,
    };
    start.Environment.Remove("OPENBLAS_CORETYPE");
    start.Environment.Remove("OPENBLAS_L2_SIZE");
    using var process = Process.Start(start)!;
    var fields = process.StandardOutput.ReadToEnd().TrimEnd().Split('\t');
    process.WaitForExit();
    var places = quality
        ? new VectorMatrix(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(output)).ToArray(), 2)
        : null;
    Print($"{fields[4]}: {fields[0]}, seed {seed}", double.Parse(fields[1]), double.Parse(fields[2]), double.Parse(fields[3]), places);
    File.Delete(output);
}

void Print(string what, double wall, double processor, double kl, VectorMatrix? places)
{
    var quality = places is null
        ? ""
        : $"{ProjectionQuality.Trustworthiness(rows, places, 12):f4}\t{ProjectionQuality.NeighborAccuracy(places, labels):f4}";
    Console.WriteLine($"{what}\t{wall:f2}\t{processor:f2}\t{(double.IsNaN(kl) ? "" : $"{kl:f4}")}\t{quality}");
}

VectorMatrix Graph(VectorMatrix more)
{
    NeighborGraph.Build(more, new NeighborGraphOptions { K = 91, ExactUpTo = 10_000 });
    return more;
}

void CompareAutoencoder()
{
    var (fitted, others) =
        (new VectorMatrix(rows.AsSpan()[..(8000 * 784)].ToArray(), 784), new VectorMatrix(rows.AsSpan()[(8000 * 784)..].ToArray(), 784));
    var watch = Stopwatch.StartNew();
    var autoencoder = Autoencoder.Fit(fitted);
    var seconds = watch.Elapsed.TotalSeconds;
    var pca = Pca.Fit(fitted, new PcaOptions { Components = 32 });
    Console.WriteLine(
        $"error of 2,000 other pictures at 32 numbers: Autoencoder {autoencoder.ReconstructionError(others):f5} ({seconds:f1} s), "
        + $"Pca {pca.ReconstructionError(others):f5}");
}
