// Recall of HnswIndex and IvfIndex on irregular data, with default options, beside clean data of the same size.
//   dotnet run -c Release --project bench/Irregular -- [--few] [--count 5000] [--dimensions 64,384] [--metrics Cosine,Dot,L2]
//       [--only WORDS] [--no-ivf]
//   dotnet run -c Release --project bench/Irregular -- --vectors FILE.npy [--metrics Cosine,Dot,L2]
// --few: one case of each kind; takes a minute or two for each number of dimensions. --vectors: real vectors, made irregular.
using Irregular;
using Simile.Index;
using Simile.Numerics;

string Value(string name, string otherwise) => Array.IndexOf(args, "--" + name) is >= 0 and var at ? args[at + 1] : otherwise;
var (only, few) = (Value("only", ""), args.Contains("--few"));
var count = int.Parse(Value("count", "5000"));
var metrics = Value("metrics", "Cosine,Dot,L2").Split(',').Select(Enum.Parse<Metric>).ToArray();
Console.WriteLine(
    "| set | metric | HnswIndex | worst tenth | queries/s | build s | IvfIndex | worst tenth | queries/s | build s |\n"
    + "|---|---|---|---|---|---|---|---|---|---|");
if (Value("vectors", "") is { Length: > 0 } path)
{
    Print(Cases.Real(NpyFloats.Read(path)));
    return;
}

foreach (var dimensions in Value("dimensions", "64,384").Split(',').Select(int.Parse))
{
    Print([Cases.Clean(count, dimensions), .. few ? Cases.Few(count, dimensions) : Cases.All(count, dimensions)]);
}

void Print(IEnumerable<Case> cases)
{
    foreach (var tried in cases.Where(
        one => one.Name.Contains(only, StringComparison.Ordinal) || one.Name.StartsWith("clean", StringComparison.Ordinal)))
    {
        foreach (var metric in metrics)
        {
            var dimensions = tried.Vectors.Dimensions;
            var hnsw = Cell(new HnswIndex(metric, dimensions), tried);
            var ivf = args.Contains("--no-ivf") || metric is Metric.Manhattan or Metric.Hamming
                ? "| | |"
                : Cell(new IvfIndex(metric, dimensions), tried);
            Console.WriteLine($"| {tried.Name} | {metric} | {hnsw} | {ivf} |");
        }
    }
}

static string Cell(VectorIndex index, Case tried)
{
    using (index)
    {
        var trial = Trial.Run(index, tried);
        return $"{(trial.Recall < 0.95 ? "**" : "")}{trial.Recall:F3}{(trial.Exact ? " scan" : "")} | {trial.Worst:F2} "
            + $"| {trial.PerSecond:N0} | {trial.Seconds:F1}";
    }
}
