// What HnswIndex and IvfIndex find of irregular data with default options, beside clean data of the same size.
// dotnet run -c Release --project bench/Irregular -- [--count 5000] [--dimensions 64,384] [--metrics Cosine,Dot,L2] [--only WORDS] [--worst]
using Irregular;
using Simile.Index;
using Simile.Numerics;

string Value(string name, string otherwise) => Array.IndexOf(args, "--" + name) is >= 0 and var at ? args[at + 1] : otherwise;
var only = Value("only", "");
Console.WriteLine("| set | metric | HnswIndex | worst tenth | queries/s | build s | IvfIndex | worst tenth | queries/s | build s |\n|---|---|---|---|---|---|---|---|---|---|");
foreach (var dimensions in Value("dimensions", "64,384").Split(',').Select(int.Parse))
{
    var count = int.Parse(Value("count", "5000"));
    Case[] cases = [Cases.Clean(count, dimensions), .. Cases.All(count, dimensions).Where(one => one.Name.Contains(only, StringComparison.Ordinal))];
    foreach (var tried in cases)
    {
        foreach (var metric in Value("metrics", "Cosine,Dot,L2").Split(',').Select(Enum.Parse<Metric>))
        {
            var hnsw = Cell(new HnswIndex(metric, dimensions), tried);
            var ivf = args.Contains("--no-ivf") || metric is Metric.Manhattan or Metric.Hamming ? "| | |" : Cell(new IvfIndex(metric, dimensions), tried);
            Console.WriteLine($"| {tried.Name} | {metric} | {hnsw} | {ivf} |");
        }
    }
}

static string Cell(VectorIndex index, Case tried)
{
    using (index)
    {
        var trial = Trial.Run(index, tried);
        return $"{(trial.Recall < 0.95 ? "**" : "")}{trial.Recall:F3}{(trial.Exact ? " scan" : "")} | {trial.Worst:F2} | {trial.PerSecond:N0} | {trial.Seconds:F1}";
    }
}
