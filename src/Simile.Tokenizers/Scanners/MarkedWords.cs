using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Scanners;

/// <summary>How a pipeline marks words: spaces become ▁, with these options.</summary>
/// <param name="Prefix">Which texts get a ▁ before them.</param>
/// <param name="UnlessThere">Whether a text that already starts with one gets no second one.</param>
/// <param name="MergesSpaces">Whether spaces at the ends are removed and others merged.</param>
/// <param name="Rules">Rules that must not match in a text, or null.</param>
internal sealed record MarkedWords(PrependScheme Prefix, bool UnlessThere = false, bool MergesSpaces = false, CharsMap? Rules = null)
{
    /// <summary>Reads the options from a pipeline; null if it does more.</summary>
    public static MarkedWords? Find(Pipeline pipeline) => (pipeline.Normalizer, pipeline.PreTokenizers) switch
    {
        (SentencePieceNormalizer spaces, []) => spaces.MarkedWords,
        (SequenceNormalizer { Parts: [Prepend { IsMark: true }, Replace { IsMarking: true }] }, []) =>
            new MarkedWords(PrependScheme.Always),
        (null, [Metaspace { MarksOnly: true } spaces]) => new MarkedWords(spaces.Scheme, UnlessThere: true),
        _ => null,
    };
}
