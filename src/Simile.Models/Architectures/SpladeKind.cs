namespace Simile.Models.Architectures;

/// <summary>How token logits are combined into one sparse vector.</summary>
/// <param name="Output">The network output that holds it.</param>
/// <param name="LogTwice">Whether the logarithm is applied twice (Geng et al. 2025): log(1 + log(1 + relu(x))).</param>
/// <param name="Sums">Whether to take the sum over the tokens (Formal et al. 2021, the first paper) instead of the maximum.</param>
internal sealed record SpladeKind(string Output, bool LogTwice, bool Sums)
{
    /// <summary>All variants. The first is the default.</summary>
    public static IReadOnlyList<SpladeKind> All { get; } =
        [new("splade", false, false), new("splade_sum", false, true), new("splade_log1p", true, false), new(
            "splade_log1p_sum", true, true)];

    /// <summary>The variant by the options of sentence-transformers' SpladePooling; null if an option is unknown.</summary>
    public static SpladeKind? Of(string? strategy, string? activation) => (strategy ?? "max", activation ?? "relu") switch
    {
        ("max" or "sum", "relu" or "log1p_relu") =>
            All.First(kind => kind.Sums == (strategy == "sum") && kind.LogTwice == (activation == "log1p_relu")),
        _ => null,
    };
}
