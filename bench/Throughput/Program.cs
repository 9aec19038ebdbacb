using System.Diagnostics;
using Simile.Models;
using Simile.Numerics;
using Throughput;

// Sentences per second, one process, all cores: raw ONNX Runtime against ours.
//   dotnet run -c Release --project bench/Throughput -- ASSETS [STATIC_MODEL]
// ASSETS holds models/all-MiniLM-L6-v2 and data/text; STATIC_MODEL is a folder made by `simile models distill`.
if (args is not ([_] or [_, _]))
{
    Console.Error.WriteLine("Usage: Throughput ASSETS [STATIC_MODEL]");
    return 2;
}

var miniLm = Path.Combine(args[0], "models", "all-MiniLM-L6-v2");
using var raw = new RawBert(miniLm, layers: 6, heads: 12);
using var ours = TextEmbedder.Load(miniLm);
using var small = new QuantizedCopy(miniLm);
using var builtIn = TextEmbedder.Load();
using var table = args.Length > 1 ? TextEmbedder.Load(args[1]) : null;

List<(string Name, Func<IReadOnlyList<string>, VectorMatrix> Embed)> systems =
[
    ("raw ONNX Runtime, all-MiniLM-L6-v2, file order", raw.Embed),
    ("Simile, all-MiniLM-L6-v2, fp32", texts => ours.Embed(texts)),
    ("Simile, all-MiniLM-L6-v2, int8", texts => small.Model.Embed(texts)),
    ("Simile, built-in model", texts => builtIn.Embed(texts)),
];
if (table is not null)
{
    systems.Add(("Simile, static model", texts => table.Embed(texts)));
}

Console.WriteLine(
    $"{Environment.ProcessorCount} cores. Median of five rounds in turn (three for mixed), after one to warm up; tokenizing counted.");
Report("short", TextSets.Short(args[0]));
Report("mixed", TextSets.Mixed(args[0]));
return 0;

void Report(string name, string[] texts)
{
    var rates = systems.Select(_ => new List<double>()).ToArray();
    var rounds = name == "short" ? 6 : 4; // the first warms up; raw needs a minute for each mixed round
    for (var round = 0; round < rounds; round++)
    {
        for (var i = 0; i < systems.Count; i++)
        {
            var rate = Rate(systems[i].Embed, texts);
            if (round > 0)
            {
                rates[i].Add(rate);
            }
        }
    }

    Console.WriteLine($"\n| {name}: {texts.Length} texts | texts a second | × raw |\n|---|---|---|");
    for (var i = 0; i < systems.Count; i++)
    {
        Console.WriteLine($"| {systems[i].Name} | {Median(rates[i]):N0} | {Median(rates[i]) / Median(rates[0]):F2} |");
    }
}

// Fast systems embed the set several times, so that each measurement takes about a second.
static double Rate(Func<IReadOnlyList<string>, VectorMatrix> embed, string[] texts)
{
    var (clock, times) = (Stopwatch.StartNew(), 0);
    do
    {
        embed(texts);
        times++;
    }
    while (clock.Elapsed < TimeSpan.FromSeconds(1));
    return texts.Length * times / clock.Elapsed.TotalSeconds;
}

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}
