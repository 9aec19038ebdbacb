using System.CommandLine;

namespace Simile.Cli;

/// <summary>Every verb by its name; one is made only when it is called.</summary>
internal static class Verbs
{
    public static (string Name, Func<Job, Command> Create)[] All { get; } =
    [
        ("embed", EmbedVerb.Create),
        ("similarity", SimilarityVerb.Create),
        ("tokenize", TokenizeVerb.Create),
        ("completions", CompletionsVerb.Create),
    ];
}
