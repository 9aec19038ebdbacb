using System.Text.RegularExpressions;

namespace Simile.Models.Architectures;

/// <summary>Whether a decoder uses bidirectional attention, as many embedding models do. Files say so in several fields.</summary>
internal static partial class AttentionDirection
{
    // True means bidirectional.
    private static readonly string[] BothWays =
    [
        "use_bidirectional_attention", "bidirectional_attention", "use_bidirectional",
        "is_bidirectional", "bidirectional", "enable_bidirectional_attention", "bidirectional_attn",
    ];

    // False means bidirectional.
    private static readonly string[] Causal =
    [
        "is_causal", "causal", "use_causal_mask", "causal_mask", "causal_attention", "use_causal_attention", "attention_is_causal",
    ];

    // The value is a word.
    private static readonly string[] Kinds =
    [
        "attention_type", "attn_type", "attention_mode", "attention_direction", "attention_mask_type", "mask_type",
    ];

    /// <summary>Whether attention is causal.</summary>
    /// <exception cref="NotSupportedException">The fields of the file contradict each other, or a value is unknown.</exception>
    public static bool IsCausal(ConfigFile config)
    {
        var said = new List<(string Name, bool IsCausal)>();
        said.AddRange(BothWays.Where(config.HasValue).Select(name => (name, !config.Flag(name, false))));
        said.AddRange(Causal.Where(config.HasValue).Select(name => (name, config.Flag(name, true))));
        said.AddRange(Kinds.Where(config.HasValue).Select(name => (name, Kind(name, config.Text(name, string.Empty)))));
        var both = said.Find(entry => !entry.IsCausal).Name
            ?? (config.Texts("architectures") is { } classes ? Array.Find(classes, BothWaysClass().IsMatch) : null);
        if (both is not null && said.Find(entry => entry.IsCausal && Causal.Contains(entry.Name)).Name is { } causal)
        {
            throw new NotSupportedException(
                $"config.json contradicts itself: \"{both}\" asks for bidirectional attention, \"{causal}\" for causal attention.");
        }

        RefuseUnknown(config);
        return both is null;
    }

    private static bool Kind(string name, string kind) => kind.Replace('_', '-') switch
    {
        "causal" or "unidirectional" or "decoder" => true,
        "bidirectional" or "full" or "non-causal" or "noncausal" => false,
        _ =>
            throw new NotSupportedException(
                $"config.json asks for \"{name}\": \"{kind}\", which is not supported: use causal or bidirectional."),
    };

    private static void RefuseUnknown(ConfigFile config)
    {
        foreach (var name in config.Names.Where(name => Speaks().IsMatch(name) && !BothWays.Contains(name) && !Causal.Contains(name)))
        {
            config.Off(name);
        }
    }

    // LlamaBiModel, MistralBiForMNTP, Qwen3BidirectionalModel and similar.
    [GeneratedRegex("Bi(Model|For[A-Z]|directional|direc|Embed)|Bidirectional|NonCausal|Noncausal", RegexOptions.CultureInvariant)]
    private static partial Regex BothWaysClass();

    [GeneratedRegex("bidirec|causal|bi_attn", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Speaks();
}
