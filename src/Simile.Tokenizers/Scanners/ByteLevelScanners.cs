using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Scanners;

/// <summary>The properties of a byte-level pipeline that the fast path needs.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Bytes">Its model, on bytes.</param>
internal sealed record ByteLevelParts(Pipeline Pipeline, BpeBytes Bytes)
{
    /// <summary>Whether a space is added before every segment.</summary>
    public bool AddsPrefixSpace { get; init; }

    /// <summary>Whether normalization only lowercases plain ASCII, as far as words are concerned.</summary>
    public bool Folds { get; init; }

    /// <summary>Segments that contain this string take the slow path; empty for none.</summary>
    public string Avoids { get; init; } = string.Empty;
}

/// <summary>Chooses the scanner of a byte-level pipeline.</summary>
internal static class ByteLevelScanners
{
    private static readonly (string[] Patterns, Func<ByteLevelParts, Scanner> Make)[] Known =
        [Written<Gpt2Cutter>(), Written<O200kCutter>(), Written<Llama3Cutter>(), Written<Qwen2Cutter>()];

    // {1,3}+ means up to three in tiktoken, and groups of three repeatedly in Oniguruma.
    private static readonly (string[] Patterns, Func<ByteLevelParts, Scanner> Make)[] KnownToTiktoken = [.. Known, Written<Cl100kCutter>()];

    /// <summary>The scanner, or null if the pipeline is not byte-level, or has an unknown word pattern.</summary>
    public static Scanner? TryCreate(Pipeline pipeline)
    {
        if (pipeline.Model is not BpeModel model || BpeBytes.TryCreate(model) is not { } bytes)
        {
            return null;
        }

        var parts = new ByteLevelParts(pipeline, bytes);
        return pipeline.PreTokenizers switch
        {
            [ByteLevel { Cuts: true } words] => new ByteLevelScanner<Gpt2Cutter>(parts with { AddsPrefixSpace = words.AddsPrefixSpace }),
            [PatternSplit split, ByteLevel { Cuts: false, AddsPrefixSpace: false }] when KeepsWords(split) => ForPattern(split, parts),
            [PatternSplit { Behavior: SplitBehavior.Removed, Inverts: true } split, ByteLevel { AddsPrefixSpace: false }]
                when ClipCutter.Patterns.Contains(split.Pattern.Source) && FoldsPlainText(pipeline.Normalizer) =>
                    new ByteLevelScanner<ClipCutter>(parts with { Folds = true, Avoids = "<|" }),
            _ => null,
        };
    }

    // The patterns of this family match all of a text, so there is nothing between matches.
    private static bool KeepsWords(PatternSplit split) =>
        split is { Behavior: SplitBehavior.Isolated } or { Behavior: SplitBehavior.Removed, Inverts: true };

    // CLIP ignores white space between words, so it does not matter whether the normalizer changes white space.
    private static bool FoldsPlainText(Normalizer? normalizer) =>
        normalizer is SequenceNormalizer { Parts: var steps }
        && steps.All(step => step is UnicodeNormalizer or Lowercase or Replace { JoinsSpaces: true })
        && steps.Any(step => step is Lowercase);

    private static Scanner? ForPattern(PatternSplit split, ByteLevelParts parts) =>
        Array.Find(
            split.Pattern.IsOniguruma ? Known : KnownToTiktoken,
            known => known.Patterns.Contains(split.Pattern.Source)).Make?.Invoke(parts);

    private static (string[] Patterns, Func<ByteLevelParts, Scanner> Make) Written<TCutter>()
        where TCutter : struct, IWordCutter => (TCutter.Patterns, parts => new ByteLevelScanner<TCutter>(parts));
}
