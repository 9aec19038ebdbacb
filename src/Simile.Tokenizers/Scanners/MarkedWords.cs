using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Scanners;

/// <summary>How a pipeline marks words: spaces become ▁, and what else happens to plain text.</summary>
/// <param name="Prefix">Which texts get a ▁ before them.</param>
/// <param name="UnlessThere">Whether one that is there already is enough.</param>
/// <param name="MergesSpaces">Whether spaces at the ends go away, and others become one.</param>
/// <param name="Rules">Rules that must leave a text alone, or null.</param>
internal sealed record MarkedWords(PrependScheme Prefix, bool UnlessThere = false, bool MergesSpaces = false, CharsMap? Rules = null)
{
    /// <summary>How a pipeline does it; null where it does something else.</summary>
    public static MarkedWords? Find(Pipeline pipeline) => (pipeline.Normalizer, pipeline.PreTokenizers) switch
    {
        (SentencePieceNormalizer spaces, []) => spaces.MarkedWords,
        (SequenceNormalizer { Parts: [Prepend { IsMark: true }, Replace { IsMarking: true }] }, []) => new MarkedWords(PrependScheme.Always),
        (null, [Metaspace { MarksOnly: true } spaces]) => new MarkedWords(spaces.Scheme, UnlessThere: true),
        _ => null,
    };
}
