using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Scanners;

/// <summary>
/// The fast path for models that mark words with ▁ (Llama 2, T5), for ids only: words are cut at spaces of the raw text and looked up in a
/// cache.
/// </summary>
/// <remarks>Offsets, ▁ in the text, unpaired surrogates and text that rules change take the slow path.</remarks>
internal sealed class MarkedWordScanner : Scanner
{
    // With larger sums of scores, which are float, cached words may be wrong.
    private const float MaxSum = 250_000;

    private readonly Pipeline _pipeline;
    private readonly MarkedWords _marks;
    private readonly IMarkedWords _model;

    private MarkedWordScanner(Pipeline pipeline, MarkedWords marks, IMarkedWords model) =>
        (_pipeline, _marks, _model) = (pipeline, marks, model);

    /// <summary>The scanner, or null if the pipeline does more than mark words.</summary>
    public static new MarkedWordScanner? TryCreate(Pipeline pipeline) =>
        pipeline.Found.Normalized is null && pipeline.Model is IMarkedWords { HasSeparateWords: true } model
        && MarkedWords.Find(pipeline) is { } marks
            ? new MarkedWordScanner(pipeline, marks, model)
            : null;

    public override void Tokenize(ReadOnlySpan<char> text, int origin, Workspace work)
    {
        var count = work.Ids.Count;
        if (!work.WantsTokens && IsPlain(text))
        {
            if (TryAddWords(text, origin, work))
            {
                return;
            }

            work.Ids.RemoveRange(count, work.Ids.Count - count);
        }

        work.Text.Load(text, origin, work.WantsTokens);
        _pipeline.TokenizeLoaded(work);
    }

    private bool IsPlain(ReadOnlySpan<char> text)
    {
        if (_marks.Rules is not null)
        {
            return !text.ContainsAnyExceptInRange(' ', '~');
        }

        var surrogate = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        return !text.Contains(SentencePieceNormalizer.Space) && (surrogate < 0 || AreWhole(text[surrogate..]));
    }

    private static bool AreWhole(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAddWords(ReadOnlySpan<char> text, int origin, Workspace work)
    {
        var words = _model.Words(work);
        var sum = 0f;
        for (var i = 0; i < text.Length && !work.IsFull;)
        {
            var (spaces, length) = Measure(text, i, out var units);
            var marks = i == 0 ? FirstMarks(spaces, origin) : _marks.MergesSpaces ? 1 : spaces;
            if (_marks.MergesSpaces && length == spaces)
            {
                break;
            }

            var isKey = marks == spaces && length < WordCache.MaxLength && text.Length - i >= WordCache.MaxLength;
            if (!(isKey
                ? TryAdd(WordCache.Key(units, length), text.Slice(i + spaces, length - spaces), marks, ref sum, words, work)
                : TryAddSlowly(text.Slice(i + spaces, length - spaces), marks, ref sum, words, work)))
            {
                return false;
            }

            i += length;
        }

        return true;
    }

    private int FirstMarks(int spaces, int origin)
    {
        var prefix = _marks.Prefix == PrependScheme.Always || (_marks.Prefix == PrependScheme.First && origin == 0) ? 1 : 0;
        return _marks.MergesSpaces ? prefix : _marks.UnlessThere && spaces > 0 ? spaces : prefix + spaces;
    }

    // The number of spaces at a position, the number of units with the following word, and its first units if there are enough.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Spaces, int Length) Measure(ReadOnlySpan<char> text, int i, out Vector256<ushort> units)
    {
        units = default;
        if (text.Length - i >= WordCache.MaxLength)
        {
            units = WordCache.Load(text, i);
            var bits = PlainWords.Are(units, ' ');
            var spaces = BitOperations.TrailingZeroCount(~bits);
            var length = spaces + BitOperations.TrailingZeroCount(bits >> spaces);
            if (length < WordCache.MaxLength)
            {
                return (spaces, length);
            }
        }

        return MeasureLong(text[i..]);
    }

    private static (int Spaces, int Length) MeasureLong(ReadOnlySpan<char> text)
    {
        var spaces = text.IndexOfAnyExcept(' ');
        spaces = spaces < 0 ? text.Length : spaces;
        var end = text[spaces..].IndexOf(' ');
        return (spaces, end < 0 ? text.Length : spaces + end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryAdd(Vector256<ushort> key, ReadOnlySpan<char> word, int marks, ref float sum, WordCache words, Workspace work)
    {
        ref var entry = ref words.PlaceOf(key);
        if (!entry.Is(key, marks + word.Length) || Math.Abs(sum) > MaxSum)
        {
            return TryEncode(key, word, marks, ref sum, words, work);
        }

        work.Ids.AddRange(entry.Ids);
        AddScores(entry.Ids, ref sum);
        return true;
    }

    private bool TryAddSlowly(ReadOnlySpan<char> word, int marks, ref float sum, WordCache words, Workspace work)
    {
        var length = marks + word.Length;
        if (length > WordCache.MaxLength)
        {
            return TryEncode(default, word, marks, ref sum, words, work);
        }

        Span<char> units = stackalloc char[WordCache.MaxLength];
        units[..marks].Fill(' ');
        word.CopyTo(units[marks..]);
        return TryAdd(WordCache.Key(units, 0, length), word, marks, ref sum, words, work);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryEncode(Vector256<ushort> key, ReadOnlySpan<char> word, int marks, ref float sum, WordCache words, Workspace work)
    {
        var length = marks + word.Length;
        var rented = ArrayPool<char>.Shared.Rent(length + 1);
        try
        {
            var marked = rented.AsSpan(0, length);
            marked[..marks].Fill(SentencePieceNormalizer.Space);
            word.CopyTo(marked[marks..]);
            if (_marks.Rules is { } rules && !IsUnchanged(rules, rented.AsSpan(0, length + 1), marks))
            {
                return false;
            }

            var memory = _model.Encode(marked, sum, work);
            if (memory == WordMemory.Refused)
            {
                return false;
            }

            if (memory == WordMemory.Kept && length <= WordCache.MaxLength)
            {
                words.PlaceOf(key).TrySet(key, length, words.Symbols);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        work.Ids.AddRange(words.Symbols.Ids);
        AddScores(words.Symbols.Ids, ref sum);
        return true;
    }

    // Whether no rule matches in the word and the spaces around it.
    private static bool IsUnchanged(CharsMap rules, Span<char> marked, int marks)
    {
        marked[^1] = ' ';
        for (var i = 0; i + 1 < marked.Length; i++)
        {
            var isSpace = i < marks;
            var next = marked[i + 1] == SentencePieceNormalizer.Space ? ' ' : marked[i + 1];
            if (!rules.IsPlain([isSpace ? ' ' : marked[i], next], 0))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddScores(ReadOnlySpan<int> ids, ref float sum)
    {
        if (_model.Scores is { } scores)
        {
            foreach (var id in ids)
            {
                sum += scores[id];
            }
        }
    }
}
