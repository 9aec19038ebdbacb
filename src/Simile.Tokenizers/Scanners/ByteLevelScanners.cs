using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Scanners;

/// <summary>What the fast way through byte-level pipelines needs to know of them.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Bytes">Its model, byte by byte.</param>
internal sealed record ByteLevelParts(Pipeline Pipeline, BpeBytes Bytes)
{
    /// <summary>Whether every segment begins with a space.</summary>
    public bool AddsPrefixSpace { get; init; }

    /// <summary>Whether all that normalisation does to plain ASCII is to make it lower case, as far as the words show.</summary>
    public bool Folds { get; init; }

    /// <summary>Segments that hold this go the long way; empty for none.</summary>
    public string Avoids { get; init; } = string.Empty;
}

/// <summary>Finds the scanner of a byte-level pipeline.</summary>
internal static class ByteLevelScanners
{
    private static readonly (string[] Patterns, Func<ByteLevelParts, Scanner> Make)[] Known =
        [Written<Gpt2Cutter>(), Written<O200kCutter>(), Written<Llama3Cutter>(), Written<Qwen2Cutter>()];

    // {1,3}+ takes up to three to tiktoken, and threes again and again to Oniguruma.
    private static readonly (string[] Patterns, Func<ByteLevelParts, Scanner> Make)[] KnownToTiktoken = [.. Known, Written<Cl100kCutter>()];

    /// <summary>A scanner, or null where the pipeline is not byte-level, or cuts words in a way that nobody has written out.</summary>
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
                when ClipCutter.Patterns.Contains(split.Pattern.Source) && FoldsPlainText(pipeline.Normalizer) => new ByteLevelScanner<ClipCutter>(parts with { Folds = true, Avoids = "<|" }),
            _ => null,
        };
    }

    // The patterns of this family match all of a text, so that nothing stands between matches.
    private static bool KeepsWords(PatternSplit split) =>
        split is { Behavior: SplitBehavior.Isolated } or { Behavior: SplitBehavior.Removed, Inverts: true };

    // White space goes away between CLIP's words: it does not matter what was made of it.
    private static bool FoldsPlainText(Normalizer? normalizer) =>
        normalizer is SequenceNormalizer { Parts: var steps }
        && steps.All(step => step is UnicodeNormalizer or Lowercase or Replace { JoinsSpaces: true })
        && steps.Any(step => step is Lowercase);

    private static Scanner? ForPattern(PatternSplit split, ByteLevelParts parts) =>
        Array.Find(split.Pattern.IsOniguruma ? Known : KnownToTiktoken, known => known.Patterns.Contains(split.Pattern.Source)).Make?.Invoke(parts);

    private static (string[] Patterns, Func<ByteLevelParts, Scanner> Make) Written<TCutter>()
        where TCutter : struct, IWordCutter => (TCutter.Patterns, parts => new ByteLevelScanner<TCutter>(parts));
}
