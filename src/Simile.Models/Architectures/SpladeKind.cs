namespace Simile.Models.Architectures;

/// <summary>How the logits of the tokens become one sparse vector.</summary>
/// <param name="Output">The network's output that holds it.</param>
/// <param name="LogTwice">Whether the logarithm is taken twice (Geng et al. 2025): log(1 + log(1 + relu(x))).</param>
/// <param name="Sums">Whether the sum over the tokens is taken (Formal et al. 2021, the first paper) and not the greatest.</param>
internal sealed record SpladeKind(string Output, bool LogTwice, bool Sums)
{
    /// <summary>All kinds; the first is what a folder means that says nothing.</summary>
    public static IReadOnlyList<SpladeKind> All { get; } =
        [new("splade", false, false), new("splade_sum", false, true), new("splade_log1p", true, false), new("splade_log1p_sum", true, true)];

    /// <summary>The kind by the words of sentence-transformers' SpladePooling; null where a word is not known.</summary>
    public static SpladeKind? Of(string? strategy, string? activation) => (strategy ?? "max", activation ?? "relu") switch
    {
        ("max" or "sum", "relu" or "log1p_relu") => All.First(kind => kind.Sums == (strategy == "sum") && kind.LogTwice == (activation == "log1p_relu")),
        _ => null,
    };
}
