using System.Runtime.InteropServices;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Encodes a text, or a pair of texts, with the active truncation and padding.</summary>
    /// <exception cref="ArgumentException">The active truncation cannot shorten these texts.</exception>
    /// <exception cref="InvalidDataException">A word is unknown, and the vocabulary has no unknown token.</exception>
    public Encoding Encode(string text, string? pair = null, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var draft = Draft(text, pair, addSpecialTokens);
        Pad([draft]);
        return draft.ToEncoding();
    }

    /// <summary>Encodes many texts on all cores. Padding without a length pads to the longest.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="pairs">The second texts, one for each text, or null.</param>
    /// <param name="addSpecialTokens">Whether to add the special tokens of the file.</param>
    /// <exception cref="ArgumentException">
    /// The number of pairs differs from the number of texts, or the active truncation cannot shorten a text.
    /// </exception>
    public Encoding[] EncodeBatch(IReadOnlyList<string> texts, IReadOnlyList<string>? pairs = null, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (pairs is not null && pairs.Count != texts.Count)
        {
            throw new ArgumentException($"{texts.Count} texts cannot be paired with {pairs.Count} texts.", nameof(pairs));
        }

        var drafts = new EncodingDraft[texts.Count];
        Each(drafts.Length, i => drafts[i] = Draft(texts[i], pairs?[i], addSpecialTokens));
        Pad(drafts);
        var encodings = new Encoding[drafts.Length];
        Each(encodings.Length, i => encodings[i] = drafts[i].ToEncoding());
        return encodings;
    }

    private EncodingDraft Draft(string text, string? pair, bool addSpecialTokens)
    {
        EncodingDraft[] drafts = pair is null ? [Tokenize(text, 0)] : [Tokenize(text, 0), Tokenize(pair, 1)];
        var template = pair is null ? _pipeline.PostProcessor.Single : _pipeline.PostProcessor.Pair;
        Truncate(drafts, addSpecialTokens ? CountAdded(template) : 0);
        foreach (var addsPrefixSpace in _pipeline.PostProcessor.Trims)
        {
            for (var i = 0; i < drafts.Length; i++)
            {
                drafts[i].TrimOffsets(i == 0 ? text : pair, addsPrefixSpace);
            }
        }

        var result = new EncodingDraft();
        foreach (var part in template)
        {
            if (part.Text >= 0 && part.Text < drafts.Length)
            {
                drafts[part.Text].SetTypeIds(part.TypeId, addSpecialTokens && _pipeline.PostProcessor.TypesOverflow);
                result.Append(drafts[part.Text]);
            }
            else if (addSpecialTokens)
            {
                result.Add(part);
            }
        }

        return result;
    }

    private EncodingDraft Tokenize(string text, int sequence)
    {
        var draft = new EncodingDraft();
        var work = Rent();
        try
        {
            work.CollectTokens();
            _pipeline.Tokenize(text, work);
            foreach (ref readonly var token in CollectionsMarshal.AsSpan(work.Tokens))
            {
                draft.Add(token, token.Surface ?? _pipeline.Model.IdToToken(token.Id) ?? string.Empty, sequence);
            }
        }
        finally
        {
            Return(work);
        }

        return draft;
    }

    private void Truncate(EncodingDraft[] drafts, int addedTokens)
    {
        var (first, second) = KeptTokens(drafts[0].Count, drafts.Length > 1 ? drafts[1].Count : null, addedTokens);
        drafts[0].Truncate(first, Truncation?.Stride ?? 0, Truncation?.Direction ?? Side.Right);
        if (drafts.Length > 1)
        {
            drafts[1].Truncate(second, Truncation?.Stride ?? 0, Truncation?.Direction ?? Side.Right);
        }
    }

    private void Pad(EncodingDraft[] drafts)
    {
        if (Padding is not { } padding || drafts.Length == 0)
        {
            return;
        }

        var length = padding.Length ?? drafts.Max(draft => draft.Count);
        if (padding.MultipleOf is > 0 and var multiple)
        {
            length = (length + multiple - 1) / multiple * multiple;
        }

        foreach (var draft in drafts)
        {
            draft.Pad(length, padding);
        }
    }

    // Rethrows the first exception, not an AggregateException.
    private static void Each(int count, Action<int> action)
    {
        if (count < 16 || Environment.ProcessorCount == 1)
        {
            for (var i = 0; i < count; i++)
            {
                action(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, action);
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
