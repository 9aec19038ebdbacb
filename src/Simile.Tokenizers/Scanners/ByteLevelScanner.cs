using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Scanners;

/// <summary>The fast path through byte-level BPE: words are cut from the raw text and looked up in a cache by their units.</summary>
/// <remarks>
/// Text is rewritten only if normalization changes it, and bytes are never written as letters. Most words are plain ASCII: 16 units are
/// examined at once, and the units of the word are the key of the cache.
/// </remarks>
internal sealed class ByteLevelScanner<TCutter>(ByteLevelParts parts) : Scanner
    where TCutter : struct, IWordCutter
{
    private readonly Normalizer? _normalizer = parts.Pipeline.Normalizer;

    public override void Tokenize(ReadOnlySpan<char> text, int origin, Workspace work)
    {
        if (parts.Avoids.Length > 0 && text.Contains(parts.Avoids, StringComparison.Ordinal))
        {
            work.Text.Load(text, origin, work.WantsTokens);
            parts.Pipeline.TokenizeLoaded(work);
            return;
        }

        var isPlain = parts.Folds ? System.Text.Ascii.IsValid(text) : _normalizer is null || _normalizer.LeavesAlone(text);
        if (isPlain)
        {
            FindAdded(new TextSource(text, origin), parts.Folds, work);
            return;
        }

        work.Text.Load(text, origin, work.WantsTokens);
        _normalizer!.Normalize(work.Text);
        FindAdded(new TextSource(work.Text), false, work);
    }

    private void FindAdded(TextSource text, bool folds, Workspace work)
    {
        var taken = 0;
        var from = 0;
        var matcher = parts.Pipeline.Found.Normalized;
        while (matcher is not null && matcher.TryFind(text.Chars, from, taken, out var token, out var start, out var end, out from))
        {
            CutPart(text, taken, start, folds, work);
            work.Add(token, text.Chars[start..end], text.Start(start), text.End(end - 1));
            taken = end;
        }

        CutPart(text, taken, text.Chars.Length, folds, work);
    }

    private void CutPart(TextSource text, int start, int end, bool folds, Workspace work)
    {
        if (start >= end)
        {
            return;
        }

        if (!parts.AddsPrefixSpace || text.Chars[start] == ' ')
        {
            CutWords(text, start, end, folds, work);
            return;
        }

        work.Part.LoadBehindSpace(text, start, end, work.WantsTokens);
        CutWords(new TextSource(work.Part), 0, work.Part.Length, folds, work);
    }

    private void CutWords(TextSource source, int start, int end, bool folds, Workspace work)
    {
        var text = source.Chars[..end];
        var words = WordCache.Of(work);
        for (var i = start; i < text.Length && !work.IsFull;)
        {
            var length = 0;
            if (text.Length - i >= WordCache.MaxLength)
            {
                var units = WordCache.Load(text, i);
                length = TCutter.PlainWord(units);
                if (length > 0)
                {
                    AddWord(WordCache.Key(units, length), source, i, length, folds, words, work);
                }
            }

            i += length > 0 ? length : AddNext(source, text, i, folds, words, work);
        }
    }

    // The length of the word, or of white space that is not a word, in units.
    private int AddNext(TextSource source, ReadOnlySpan<char> text, int i, bool folds, WordCache words, Workspace work)
    {
        var length = TCutter.Next(text, i) - i;
        if (length is > 0 and <= WordCache.MaxLength)
        {
            AddWord(WordCache.Key(text, i, length), source, i, length, folds, words, work);
        }
        else if (length > 0)
        {
            AddLongWord(source, i, length, folds, words, work);
        }

        return Math.Max(1, length);
    }

    private void AddLongWord(TextSource source, int start, int length, bool folds, WordCache words, Workspace work)
    {
        var word = source.Chars.Slice(start, length);
        if (length <= LongWordCache.MaxLength && !folds)
        {
            ref var entry = ref words.Long.PlaceOf(word);
            if (entry.Is(word))
            {
                work.AddWord(entry.Ids, entry.Bytes, source, start, start + length);
                return;
            }

            parts.Bytes.Encode(word, folds, words.Symbols);
            entry.TrySet(word, words.Symbols);
        }
        else
        {
            parts.Bytes.Encode(word, folds, words.Symbols);
        }

        work.AddWord(words.Symbols.Ids, words.Symbols.Lengths, source, start, start + length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddWord(Vector256<ushort> key, TextSource source, int start, int length, bool folds, WordCache words, Workspace work)
    {
        key = folds ? PlainWords.Fold(key) : key;
        ref var entry = ref words.PlaceOf(key);
        if (!entry.Is(key, length) && !TrySet(ref entry, key, source, start, length, folds, words, work))
        {
            return;
        }

        if (work.WantsTokens)
        {
            entry.AddTo(work, source, start, start + length);
        }
        else
        {
            work.Ids.AddRange(entry.Ids);
        }
    }

    // A word with too many tokens for the cache is appended directly.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TrySet(
        ref WordCache.Entry entry,
        Vector256<ushort> key,
        TextSource source,
        int start,
        int length,
        bool folds,
        WordCache words,
        Workspace work)
    {
        parts.Bytes.Encode(source.Chars.Slice(start, length), folds, words.Symbols);
        if (entry.TrySet(key, length, words.Symbols))
        {
            return true;
        }

        work.AddWord(words.Symbols.Ids, words.Symbols.Lengths, source, start, start + length);
        return false;
    }
}
