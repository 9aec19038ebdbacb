using System.Globalization;
using Simile;
using Simile.Bench.Search;
using Simile.Keywords;
using Simile.Models;

// dotnet run -c Release --project bench/Search -- ASSETS REPOSITORY WORK [MODEL [SET [tune]]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (assets, repository, work) = (args[0], args[1], args[2]);
var name = args.Length > 3 ? args[3] : TextEmbedder.BuiltIn;
var only = args.Length > 4 ? args[4] : "all";
using var loaded = MultimodalModel.Load(name);
var model = new QueryCache(CorpusModel.Create(loaded));
var key = Path.GetFileName(name);
var sets = new List<(string Label, SearchSet Set, int K, int Tokens)>();
if (only is "all" or "cranfield")
{
    sets.Add(("Cranfield", TextSets.Cranfield(assets), 10, 128));
    sets.Add(("Cranfield, whole", TextSets.Cranfield(assets), 10, 2048));
}

if (only is "all" or "sts" or "few")
{
    sets.AddRange(TextSets.Pairs(assets).Where(pair => only != "few"
        || (pair.From + pair.Set.Name) is "ensts-en" or "dests-de" or "zhsts-zh" or "frsts-fr" or "ensts-de" or "ensts-fr" or "frsts-zh")
        .Select(pair => ($"{pair.From} -> {pair.Set.Name}", pair.Set, 1, 128)));
}

if (only is "all" or "code")
{
    var (summaries, identifiers) = CodeSets.Read(repository);
    sets.Add(("Code: summaries", summaries, 10, 128));
    sets.Add(("Code: identifiers", identifiers, 10, 128));
}

var tuned = args.Length > 5 ? args[5..].Select(Parse).ToArray() : [];
foreach (var (label, set, k, tokens) in sets)
{
    using var measured = await Measured.OpenAsync(set, model, work, key, tokens);
    var line = $"{label,-20}";
    foreach (var mode in new[] { SearchMode.Vector, SearchMode.Keyword, SearchMode.Hybrid })
    {
        line += $" {mode} {Halves(await measured.NdcgAsync(set.Queries, mode, k))}";
    }

    Console.WriteLine(line);
    foreach (var (text, weights) in tuned)
    {
        FusionWeights.Chosen = weights;
        Console.WriteLine($"    {text,-40} {Halves(await measured.NdcgAsync(set.Queries, SearchMode.Hybrid, k))}");
        FusionWeights.Chosen = new FusionWeights();
    }
}

// Mean, and of queries with an even and an odd number.
static string Halves(double[] values) =>
    $"{values.Average():.0000} ({values.Where((_, i) => i % 2 == 0).Average():.000} {values.Where((_, i) => i % 2 == 1).Average():.000})";

static (string Text, FusionWeights Weights) Parse(string text)
{
    var n = text.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
    return (text, new FusionWeights
    {
        Standard = n[0],
        Most = n[1],
        KnownLow = n[2],
        KnownHigh = n[3],
        Gap = n[4],
        Symbol = n[5],
        FileSupport = n[6],
        NearPower = n[7],
        Near = n[8],
    });
}
