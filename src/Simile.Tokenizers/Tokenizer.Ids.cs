using System.Runtime.InteropServices;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    private const int ShortestBegin = 1 << 16;
    private const int CharactersAToken = 16;

    // Text after this many more tokens cannot change a token.
    private const int FarBehind = 256;

    /// <summary>
    /// Appends the ids of a text to <paramref name="ids"/>. No tokens, offsets or padding are created; nothing else is allocated.
    /// </summary>
    public void EncodeIds(ReadOnlySpan<char> text, List<int> ids, bool addSpecialTokens = true) =>
        EncodeIds(text, ids, Truncation?.MaxLength ?? int.MaxValue, addSpecialTokens);

    /// <summary>
    /// Appends at most <paramref name="maxLength"/> ids of a text to <paramref name="ids"/>, special tokens included. The end of the text
    /// is cut off, or the side that the active truncation names. Special tokens stay even if they exceed the limit.
    /// </summary>
    public void EncodeIds(ReadOnlySpan<char> text, List<int> ids, int maxLength, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        var template = _pipeline.PostProcessor.Single;
        var room = Math.Max(0, maxLength - (addSpecialTokens ? CountAdded(template) : 0));
        foreach (var part in template)
        {
            if (part.Text == 0)
            {
                AppendIds(text, ids, room);
            }
            else if (addSpecialTokens)
            {
                ids.AddRange(part.Ids);
            }
        }
    }

    /// <summary>
    /// The number of tokens that <see cref="Encode(string, string?, bool)"/> gives for a text without truncation and padding.
    /// </summary>
    public int CountTokens(ReadOnlySpan<char> text, bool addSpecialTokens = true)
    {
        var work = Rent();
        try
        {
            work.CollectIds(null);
            _pipeline.Tokenize(text, work);
            var template = _pipeline.PostProcessor.Single;
            return (work.Ids.Count * CountText(template)) + (addSpecialTokens ? CountAdded(template) : 0);
        }
        finally
        {
            Return(work);
        }
    }

    /// <summary>
    /// Appends the positions of the tokens of a text, in UTF-16 units, without truncation and special tokens. For splitting texts.
    /// </summary>
    public void EncodeOffsets(ReadOnlySpan<char> text, List<(int Start, int End)> offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        var work = Rent();
        try
        {
            work.CollectTokens();
            _pipeline.Tokenize(text, work);
            foreach (ref readonly var token in CollectionsMarshal.AsSpan(work.Tokens))
            {
                offsets.Add((token.Start, token.End));
            }
        }
        finally
        {
            Return(work);
        }
    }

    // A template may contain the text twice, or not at all.
    private static int CountText(TemplatePart[] template)
    {
        var count = 0;
        foreach (var part in template)
        {
            count += part.Text == 0 ? 1 : 0;
        }

        return count;
    }

    private static int CountAdded(TemplatePart[] template)
    {
        var count = 0;
        foreach (var part in template)
        {
            count += part.Ids.Length;
        }

        return count;
    }

    // If a text is much longer than the requested ids, only its start is read.
    private void AppendIds(ReadOnlySpan<char> text, List<int> ids, int room)
    {
        if (Truncation?.Direction == Side.Left || _pipeline.Refused is not null || room > int.MaxValue - FarBehind)
        {
            AppendIds(text, ids, room, room);
            return;
        }

        for (var length = Math.Max(ShortestBegin, CharactersAToken * (long)room); length < text.Length / 2; length *= 8)
        {
            var before = ids.Count;
            if (AppendIds(Begin(text, (int)length), ids, room, room + FarBehind))
            {
                return;
            }

            ids.RemoveRange(before, ids.Count - before);
        }

        AppendIds(text, ids, room, room);
    }

    // Cuts before a blank if there is one nearby.
    private static ReadOnlySpan<char> Begin(ReadOnlySpan<char> text, int length)
    {
        const int Near = 1000;
        for (var at = length; at > length - Near; at--)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                return text[..at];
            }
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    // True if as many ids as requested were found. Further ids are dropped.
    private bool AppendIds(ReadOnlySpan<char> text, List<int> ids, int room, int asked)
    {
        var left = Truncation?.Direction == Side.Left;
        var before = ids.Count;
        var work = Rent();
        try
        {
            work.CollectIds(ids, left || asked > int.MaxValue - before ? int.MaxValue : before + asked);
            _pipeline.Tokenize(text, work);
        }
        finally
        {
            Return(work);
        }

        var enough = ids.Count - before >= asked;
        var extra = ids.Count - before - room;
        if (extra > 0)
        {
            ids.RemoveRange(left ? before : ids.Count - extra, extra);
        }

        return enough;
    }
}
