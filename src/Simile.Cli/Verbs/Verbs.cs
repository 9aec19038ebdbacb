using System.CommandLine;

namespace Simile.Cli;

/// <summary>All verbs by name. A verb is created only when it is called.</summary>
internal static class Verbs
{
    public static (string Name, Func<Job, Command> Create)[] All { get; } =
    [
        ("find", FindVerb.Create),
        ("index", IndexVerb.Create),
        ("search", SearchVerb.Create),
        ("classify", ClassifyVerb.Create),
        ("train", TrainVerb.Create),
        ("evaluate", EvaluateVerb.Create),
        ("eval", EvalVerb.Create),
        ("map", MapVerb.Create),
        ("cluster", ClusterVerb.Create),
        ("duplicates", DuplicatesVerb.Create),
        ("outliers", OutliersVerb.Create),
        ("reduce", ReduceVerb.Create),
        ("embed", EmbedVerb.Create),
        ("similarity", SimilarityVerb.Create),
        ("tokenize", TokenizeVerb.Create),
        ("words", WordsVerb.Create),
        ("recommend", RecommendVerb.Create),
        ("table", TableVerb.Create),
        ("spectrogram", SpectrogramVerb.Create),
        ("store", StoreVerb.Create),
        ("cache", CacheVerb.Create),
        ("models", ModelsVerb.Create),
        ("serve", ServeVerb.Create),
        ("mcp", McpVerb.Create),
        ("completions", CompletionsVerb.Create),
        ("help", HelpVerb.Create),
    ];
}
