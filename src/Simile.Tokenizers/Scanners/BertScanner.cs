using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;
using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Scanners;

/// <summary>The fast path through BertNormalizer, BertPreTokenizer and WordPiece for words of plain ASCII.</summary>
/// <remarks>
/// BERT normalizes each character independently of its neighbors, and words end at white space and punctuation. Therefore a word of ASCII
/// letters and digits needs no normalized copy of the text: it is lowercased into a 16-byte key and looked up in a word cache. If a word
/// has any other character, the text from its start to the next ASCII white space or punctuation takes the slow path. The slow twin gives
/// the same tokens: <see cref="Pipeline.TokenizeLoaded"/>.
/// </remarks>
internal sealed class BertScanner : Scanner
{
    private const int CacheSize = 1 << 13;
    private const int CachedPieces = 4;

    private enum Kind : byte
    {
        Word,
        Space,
        Punctuation,
        Other,
    }

    private readonly Kind[] _kinds = new Kind[128];
    private readonly int[] _punctuation = new int[128];
    private readonly Pipeline _pipeline;
    private readonly WordPieceModel _model;
    private readonly bool _lowercase;

    private BertScanner(Pipeline pipeline, WordPieceModel model, BertNormalizer normalizer)
    {
        (_pipeline, _model, _lowercase) = (pipeline, model, normalizer.Lowercases);
        Span<(int Id, int End)> pieces = stackalloc (int Id, int End)[1];
        for (var c = 0; c < 128; c++)
        {
            _kinds[c] = KindOf((char)c, normalizer.CleanText);
            _punctuation[c] = _kinds[c] == Kind.Punctuation && model.MaxCharacters > 0 && model.Cut([(char)c], pieces) == 1
                ? pieces[0].Id
                : -1;
        }
    }

    /// <summary>The scanner of a pipeline, or null if its components are not BERT's.</summary>
    public static new BertScanner? TryCreate(Pipeline pipeline) =>
        pipeline is { Normalizer: BertNormalizer normalizer, Model: WordPieceModel { MaxCharacters: >= 16 } model }
        && pipeline is { PreTokenizers: [CharacterSplit split], Added.Normalized: null }
        && split == CharacterSplit.Bert
            ? new BertScanner(pipeline, model, normalizer)
            : null;

    public override void Tokenize(ReadOnlySpan<char> text, int origin, Workspace work)
    {
        var cache = work.ModelState as CachedWord[] ?? (CachedWord[])(work.ModelState = new CachedWord[CacheSize]);
        for (var i = 0; i < text.Length && !work.IsFull;)
        {
            var c = text[i];
            var kind = c < 128 ? _kinds[c] : Kind.Other;
            if (kind == Kind.Space)
            {
                i++;
            }
            else if (kind == Kind.Punctuation)
            {
                Add(_punctuation[c] >= 0 ? _punctuation[c] : _model.RequireUnknown(), origin + i, origin + i + 1, work);
                i++;
            }
            else
            {
                i = kind == Kind.Word ? TokenizeWord(text, i, origin, cache, work) : TokenizeOther(text, i, i, origin, work);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int id, int start, int end, Workspace work)
    {
        if (work.WantsTokens)
        {
            work.Tokens.Add(new Token(id, start, end));
        }
        else
        {
            work.Ids.Add(id);
        }
    }

    private static Kind KindOf(char c, bool cleanText)
    {
        if (Characters.IsAsciiPunctuation(c))
        {
            return Kind.Punctuation;
        }

        var isSpace = cleanText ? c is ' ' or '\t' or '\n' or '\r' : Characters.IsWhiteSpace(c);
        return isSpace ? Kind.Space : char.IsAsciiLetterOrDigit(c) ? Kind.Word : Kind.Other;
    }

    private int TokenizeWord(ReadOnlySpan<char> text, int start, int origin, CachedWord[] cache, Workspace work)
    {
        ulong low = 0, high = 0;
        var i = start;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= 128 || _kinds[c] == Kind.Other)
            {
                return TokenizeOther(text, start, i, origin, work);
            }

            if (_kinds[c] != Kind.Word)
            {
                break;
            }

            var folded = (ulong)(_lowercase && c is >= 'A' and <= 'Z' ? c | 0x20 : c);
            var at = i - start;
            if (at < 8)
            {
                low |= folded << (at * 8);
            }
            else if (at < 16)
            {
                high |= folded << ((at - 8) * 8);
            }
        }

        if (i - start > 16)
        {
            TokenizeSlowly(text[start..i], origin + start, work);
            return i;
        }

        var hash = (low ^ (high * 0xC2B2AE3D27D4EB4F)) * 0x9E3779B97F4A7C15;
        ref var word = ref cache[(int)(hash >> 51)];
        if (word.Low != low || word.High != high)
        {
            if (!TryCut(low, high, i - start, ref word))
            {
                TokenizeSlowly(text[start..i], origin + start, work);
                return i;
            }
        }

        AddPieces(ref word, origin + start, work);
        return i;
    }

    private static void AddPieces(ref CachedWord word, int start, Workspace work)
    {
        ReadOnlySpan<int> ids = word.Ids;
        if (!work.WantsTokens)
        {
            work.Ids.AddRange(ids[..word.Count]);
            return;
        }

        var from = 0;
        for (var i = 0; i < word.Count; i++)
        {
            work.Tokens.Add(new Token(ids[i], start + from, start + word.Ends[i]));
            from = word.Ends[i];
        }
    }

    private bool TryCut(ulong low, ulong high, int length, ref CachedWord word)
    {
        Span<char> chars = stackalloc char[16];
        for (var i = 0; i < length; i++)
        {
            chars[i] = (char)(byte)(i < 8 ? low >> (i * 8) : high >> ((i - 8) * 8));
        }

        Span<(int Id, int End)> pieces = stackalloc (int Id, int End)[16];
        var count = _model.Cut(chars[..length], pieces);
        if (count == 0)
        {
            pieces[0] = (_model.RequireUnknown(), length);
            count = 1;
        }

        if (count > CachedPieces)
        {
            return false;
        }

        (word.Low, word.High, word.Count) = (low, high, count);
        for (var i = 0; i < count; i++)
        {
            word.Ids[i] = pieces[i].Id;
            word.Ends[i] = (byte)pieces[i].End;
        }

        return true;
    }

    private int TokenizeOther(ReadOnlySpan<char> text, int start, int from, int origin, Workspace work)
    {
        var end = from;
        while (end < text.Length && (text[end] >= 128 || _kinds[text[end]] is Kind.Word or Kind.Other))
        {
            end++;
        }

        TokenizeSlowly(text[start..end], origin + start, work);
        return end;
    }

    private void TokenizeSlowly(ReadOnlySpan<char> part, int origin, Workspace work)
    {
        work.Text.Load(part, origin, work.WantsTokens);
        _pipeline.TokenizeLoaded(work);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct CachedWord
    {
        public ulong Low;
        public ulong High;
        public int Count;
        public PieceIds Ids;
        public PieceEnds Ends;
    }

    [InlineArray(CachedPieces)]
    private struct PieceIds
    {
        private int _id;
    }

    [InlineArray(CachedPieces)]
    private struct PieceEnds
    {
        private byte _end;
    }
}
