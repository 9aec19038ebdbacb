using Simile.Tokenizers.PostProcessors;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>
    /// Encodes a text into caller-owned memory with the active truncation and without padding. Allocates nothing after the first calls.
    /// </summary>
    /// <returns>
    /// The number of tokens. If it exceeds the length of the spans, only the first tokens were written: call again with longer spans.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A span is shorter than that of the ids, or the active truncation cannot shorten this text.
    /// </exception>
    /// <exception cref="InvalidDataException">A word is unknown, and the vocabulary has no unknown token.</exception>
    public int Encode(ReadOnlySpan<char> text, EncodingSpans into, bool addSpecialTokens = true) =>
        Encode(text, [], isPair: false, into, addSpecialTokens);

    /// <summary>
    /// Encodes a pair of texts into caller-owned memory with the active truncation and without padding. Allocates nothing after the first
    /// calls.
    /// </summary>
    /// <returns>
    /// The number of tokens. If it exceeds the length of the spans, only the first tokens were written: call again with longer spans.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A span is shorter than that of the ids, or the active truncation cannot shorten these texts.
    /// </exception>
    /// <exception cref="InvalidDataException">A word is unknown, and the vocabulary has no unknown token.</exception>
    public int Encode(ReadOnlySpan<char> text, ReadOnlySpan<char> pair, EncodingSpans into, bool addSpecialTokens = true) =>
        Encode(text, pair, isPair: true, into, addSpecialTokens);

    private int Encode(ReadOnlySpan<char> text, ReadOnlySpan<char> pair, bool isPair, EncodingSpans into, bool addSpecialTokens)
    {
        into.Validate();
        var work = Rent();
        try
        {
            if (into.Offsets.IsEmpty)
            {
                work.CollectIds(null);
            }
            else
            {
                work.CollectTokens(unknown: false);
            }

            _pipeline.Tokenize(text, work);
            var first = work.Count;
            if (isPair)
            {
                _pipeline.Tokenize(pair, work);
            }

            return Write(work, first, text, pair, isPair, into, addSpecialTokens);
        }
        finally
        {
            Return(work);
        }
    }

    private int Write(
        Workspace work, int first, ReadOnlySpan<char> text, ReadOnlySpan<char> pair, bool isPair, EncodingSpans into, bool addSpecialTokens)
    {
        var template = isPair ? _pipeline.PostProcessor.Pair : _pipeline.PostProcessor.Single;
        var kept = KeptTokens(first, isPair ? work.Count - first : null, addSpecialTokens ? CountAdded(template) : 0);
        var isLeft = Truncation?.Direction == Side.Left;
        var written = 0;
        foreach (var part in template)
        {
            if (part.Text == 0)
            {
                WriteText(work, isLeft ? first - kept.First : 0, kept.First, part, text, into, ref written);
            }
            else if (part.Text == 1 && isPair)
            {
                WriteText(work, isLeft ? work.Count - kept.Second : first, kept.Second, part, pair, into, ref written);
            }
            else if (addSpecialTokens)
            {
                foreach (var id in part.Ids)
                {
                    into.Write(written++, id, part.TypeId, sequence: -1, (0, 0));
                }
            }
        }

        return written;
    }

    private void WriteText(
        Workspace work, int from, int count, TemplatePart part, ReadOnlySpan<char> text, EncodingSpans into, ref int written)
    {
        for (var i = from; i < from + count; i++, written++)
        {
            if (!work.WantsTokens)
            {
                into.Write(written, work.Ids[i], part.TypeId, part.Text, default);
                continue;
            }

            var token = work.Tokens[i];
            var offsets = (token.Start, token.End);
            foreach (var addsPrefixSpace in _pipeline.PostProcessor.Trims)
            {
                offsets = EncodingDraft.Trimmed(
                    offsets, token.Surface ?? _pipeline.Model.IdToToken(token.Id), text, addsPrefixSpace, isFirst: i == from);
            }

            into.Write(written, token.Id, part.TypeId, part.Text, offsets);
        }
    }
}
