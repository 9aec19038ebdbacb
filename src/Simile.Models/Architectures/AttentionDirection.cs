using System.Text.RegularExpressions;

namespace Simile.Models.Architectures;

/// <summary>Whether a decoder was trained to see what stands behind a token too, as many embedding models were. Files say so by several names.</summary>
internal static partial class AttentionDirection
{
    // True means both ways.
    private static readonly string[] BothWays =
    [
        "use_bidirectional_attention", "bidirectional_attention", "use_bidirectional", "is_bidirectional", "bidirectional", "enable_bidirectional_attention", "bidirectional_attn",
    ];

    // False means both ways.
    private static readonly string[] Causal = ["is_causal", "causal", "use_causal_mask", "causal_mask", "causal_attention", "use_causal_attention", "attention_is_causal"];

    // A word says it.
    private static readonly string[] Kinds = ["attention_type", "attn_type", "attention_mode", "attention_direction", "attention_mask_type", "mask_type"];

    /// <summary>Whether a token sees only what stands before it.</summary>
    /// <exception cref="NotSupportedException">The file contradicts itself, or says it by a name that is not known.</exception>
    public static bool IsCausal(ConfigFile config)
    {
        var said = new List<(string Name, bool IsCausal)>();
        said.AddRange(BothWays.Where(config.HasValue).Select(name => (name, !config.Flag(name, false))));
        said.AddRange(Causal.Where(config.HasValue).Select(name => (name, config.Flag(name, true))));
        said.AddRange(Kinds.Where(config.HasValue).Select(name => (name, Kind(name, config.Text(name, string.Empty)))));
        var both = said.Find(entry => !entry.IsCausal).Name ?? (config.Texts("architectures") is { } classes ? Array.Find(classes, BothWaysClass().IsMatch) : null);
        if (both is not null && said.Find(entry => entry.IsCausal && Causal.Contains(entry.Name)).Name is { } causal)
        {
            throw new NotSupportedException($"config.json contradicts itself: by \"{both}\" tokens see what stands behind them, by \"{causal}\" they do not.");
        }

        RefuseUnknown(config);
        return both is null;
    }

    private static bool Kind(string name, string kind) => kind.Replace('_', '-') switch
    {
        "causal" or "unidirectional" or "decoder" => true,
        "bidirectional" or "full" or "non-causal" or "noncausal" => false,
        _ => throw new NotSupportedException($"config.json asks for \"{name}\": \"{kind}\", which is not supported, only causal and bidirectional."),
    };

    private static void RefuseUnknown(ConfigFile config)
    {
        foreach (var name in config.Names.Where(name => Speaks().IsMatch(name) && !BothWays.Contains(name) && !Causal.Contains(name)))
        {
            config.Off(name);
        }
    }

    // LlamaBiModel, MistralBiForMNTP, Qwen3BidirectionalModel and the like.
    [GeneratedRegex("Bi(Model|For[A-Z]|directional|direc|Embed)|Bidirectional|NonCausal|Noncausal", RegexOptions.CultureInvariant)]
    private static partial Regex BothWaysClass();

    [GeneratedRegex("bidirec|causal|bi_attn", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Speaks();
}
