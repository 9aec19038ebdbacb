using System.Runtime.InteropServices;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    private const int ShortestBegin = 1 << 16;
    private const int CharactersAToken = 16;

    // What follows so many tokens behind one cannot change it.
    private const int FarBehind = 256;

    /// <summary>Appends the ids of a text to <paramref name="ids"/>: no tokens, no offsets, no padding, nothing else allocated.</summary>
    public void EncodeIds(ReadOnlySpan<char> text, List<int> ids, bool addSpecialTokens = true) =>
        EncodeIds(text, ids, Truncation?.MaxLength ?? int.MaxValue, addSpecialTokens);

    /// <summary>
    /// Appends at most <paramref name="maxLength"/> ids of a text to <paramref name="ids"/>, special tokens included. The end of the text
    /// is cut off, or the side that the truncation in force names. Special tokens stay even where they are more than that.
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

    /// <summary>Number of tokens of a text as <see cref="Encode(string, string?, bool)"/> gives them, before any truncation or padding.</summary>
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

    /// <summary>Appends where the tokens of a text stand, in UTF-16 units, before any truncation and without special tokens: what cutting a text needs.</summary>
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

    // A template may hold the text twice, or not at all.
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

    // Of a text that is much longer than the ids that are wanted only the beginning is read.
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

    // Cut before a blank where one is near.
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

    // True where as many as were asked for were found; no more than there is room for are kept.
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
