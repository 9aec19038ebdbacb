using System.Globalization;
using System.Text;

namespace Simile.Tokenizers.Training;

/// <summary>The initial pieces of a Unigram training: characters, and the substrings of words that cover the most text.</summary>
/// <remarks>
/// SentencePiece takes the inner nodes of a suffix tree over the distinct words. We do the same with the sorted positions of all words
/// (compared only up to the maximum piece length, so sorting is fast for any text), but a word counts as often as it occurs, and whole
/// words are candidates too: a frequent word that shares nothing with others is a good piece. As there, letters, digits and other
/// characters never share a piece, except for a leading ▁.
/// </remarks>
internal sealed class UnigramSeeds
{
    private const char Boundary = '\0';
    private const char WordBegin = '▁';
    private readonly char[] _text;
    private readonly int[] _places;
    private readonly long[] _weights;
    private readonly int _maxLength;

    private UnigramSeeds(WordCounts words, int maxLength)
    {
        _maxLength = maxLength;
        _text = new char[words.Words.Sum(word => word.Length + 1) + 1];
        var owners = new int[_text.Length];
        var (at, count) = (0, 0);
        _places = new int[_text.Length];
        for (var i = 0; i < words.Count; i++)
        {
            words.Words[i].CopyTo(_text.AsSpan(at));
            for (var end = at + words.Words[i].Length; at < end; at++)
            {
                owners[at] = i;
                if (!char.IsLowSurrogate(_text[at]))
                {
                    _places[count++] = at;
                }
            }

            at++;
        }

        Array.Resize(ref _places, count);
        _places.AsSpan().Sort(new PlaceComparer(_text, maxLength));
        _weights = new long[count + 1];
        for (var i = 0; i < count; i++)
        {
            _weights[i + 1] = _weights[i] + words.Counts[owners[_places[i]]];
        }
    }

    /// <summary>The characters of <paramref name="words"/>, then other substrings, best first. Scores are logarithms of shares.</summary>
    public static List<ScoredText> Find(WordCounts words, int maxLength, int seedSize, int minFrequency)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (text, frequency) in new UnigramSeeds(words, maxLength).Substrings(minFrequency))
        {
            counts[text] = frequency * (double)text.Length;
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (words.Counts[i] >= minFrequency && words.Words[i].Length <= maxLength && IsPiece(words.Words[i]))
            {
                counts.TryAdd(words.Words[i], words.Counts[i] * (double)words.Words[i].Length);
            }
        }

        var best = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(seedSize);
        List<ScoredText> seeds = [.. Characters(words), .. best.Select(pair => new ScoredText(pair.Key, pair.Value))];
        var logSum = Math.Log(seeds.Sum(seed => seed.Score));
        return seeds.ConvertAll(seed => seed with { Score = Math.Log(seed.Score) - logSum });
    }

    /// <summary>Whether a piece is a single character, which is never pruned.</summary>
    public static bool IsOneCharacter(string text) => text.Length == 1 || (text.Length == 2 && char.IsSurrogatePair(text[0], text[1]));

    private static bool IsPiece(string text)
    {
        var kind = -1;
        foreach (var rune in text.AsSpan(text[0] == WordBegin ? 1 : 0).EnumerateRunes())
        {
            var here = rune.Value == WordBegin ? 3 : KindOf(Rune.GetUnicodeCategory(rune));
            if (kind >= 0 && here != kind)
            {
                return false;
            }

            kind = here;
        }

        return !IsOneCharacter(text) && !char.IsHighSurrogate(text[^1]);
    }

    private static int KindOf(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.EnclosingMark => 0,
        <= UnicodeCategory.OtherNumber => 1,
        _ => 2,
    };

    private static IEnumerable<ScoredText> Characters(WordCounts words)
    {
        var counts = new SortedDictionary<int, long>();
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var rune in words.Words[i].EnumerateRunes())
            {
                counts[rune.Value] = counts.GetValueOrDefault(rune.Value) + words.Counts[i];
            }
        }

        return counts.Select(pair => new ScoredText(char.ConvertFromUtf32(pair.Key), pair.Value));
    }

    // Positions with common prefixes are adjacent: a stack holds the open, nested runs.
    private IEnumerable<(string Text, long Frequency)> Substrings(int minFrequency)
    {
        var open = new Stack<(int Length, int From)>();
        for (var i = 1; i <= _places.Length; i++)
        {
            var shared = i < _places.Length ? Shared(_places[i - 1], _places[i]) : 0;
            var from = i - 1;
            while (open.TryPeek(out var run) && run.Length > shared)
            {
                open.Pop();
                from = run.From;
                var text = new string(_text, _places[from], run.Length);
                if (_weights[i] - _weights[from] >= minFrequency && IsPiece(text))
                {
                    yield return (text, _weights[i] - _weights[from]);
                }
            }

            if (shared > (open.TryPeek(out var top) ? top.Length : 0))
            {
                open.Push((shared, from));
            }
        }
    }

    private int Shared(int a, int b)
    {
        var length = 0;
        while (length < _maxLength && _text[a + length] == _text[b + length] && _text[a + length] != Boundary)
        {
            length++;
        }

        return length;
    }

    private readonly struct PlaceComparer(char[] text, int maxLength) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            for (var i = 0; i < maxLength; i++)
            {
                var (a, b) = (text[x + i], text[y + i]);
                if (a != b)
                {
                    return a - b;
                }

                if (a == Boundary)
                {
                    break;
                }
            }

            return x - y;
        }
    }
}
