namespace Simile.Passages;

/// <summary>Splits a text into pieces of a maximum number of tokens: between sentences, or else words, or else grapheme clusters.</summary>
/// <remarks>Its work is linear in the length of any text: tokens are never counted for more than a few passages at once.</remarks>
internal sealed class UnitCutter(TokenCounter countTokens, int maxTokens)
{
    private const int MaxCharactersPerToken = 12;
    private const int FirstCharactersPerToken = 4;

    private readonly int _maxCharacters = maxTokens * MaxCharactersPerToken;

    private readonly record struct Unit(int Start, int End, int Tokens);

    /// <summary>Counts the tokens of a text. For a text that is certainly too long, the result only says so.</summary>
    public int CountUpTo(ReadOnlySpan<char> text) => text.Length > _maxCharacters ? int.MaxValue / 4 : countTokens(text);

    /// <summary>The pieces in order, trimmed, with similar lengths.</summary>
    public IEnumerable<(int Start, int End)> Cut(ReadOnlyMemory<char> text, int budget)
    {
        if (CountUpTo(text.Span) <= budget)
        {
            return [(0, text.Length)];
        }

        return Pack(text, Units(text.Span, budget), budget);
    }

    private IEnumerable<(int Start, int End)> Pack(ReadOnlyMemory<char> text, List<Unit> units, int budget)
    {
        var left = units.Sum(unit => (long)unit.Tokens);
        for (var first = 0; first < units.Count;)
        {
            // Even shares, so that no tiny rest remains.
            var share = left / Math.Max(1, (left + budget - 1) / budget);
            var (next, tokens) = (first + 1, units[first].Tokens);
            while (next < units.Count && tokens + units[next].Tokens <= budget
                && tokens + (units[next].Tokens / 2) <= share && units[next].End - units[first].Start <= _maxCharacters)
            {
                tokens += units[next++].Tokens;
            }

            while (next > first + 1 && countTokens(text.Span[units[first].Start..units[next - 1].End]) > budget)
            {
                tokens -= units[--next].Tokens;
            }

            yield return (units[first].Start, units[next - 1].End);
            left -= tokens;
            first = next;
        }
    }

    private List<Unit> Units(ReadOnlySpan<char> text, int budget)
    {
        var units = new List<Unit>();
        for (var start = SkipSpace(text, 0); start < text.Length;)
        {
            var end = Sentences.EndOf(text, start);
            var tokens = CountUpTo(text[start..end]);
            if (tokens <= budget)
            {
                units.Add(new Unit(start, end, tokens));
            }
            else
            {
                CutSentence(text, start, end, budget, units);
            }

            start = SkipSpace(text, end);
        }

        return units;
    }

    private void CutSentence(ReadOnlySpan<char> text, int start, int end, int budget, List<Unit> units)
    {
        var guess = budget * FirstCharactersPerToken;
        while (start < end)
        {
            var cut = Boundaries.Last(text[..end], start, start + Math.Max(1, guess));
            var tokens = countTokens(text[start..cut]);
            while (tokens > budget && cut - start > 1)
            {
                guess = Math.Max(1, (int)((cut - start) * (long)budget * 7 / tokens / 8));
                var earlier = Boundaries.Last(text[..end], start, start + guess);
                if (earlier >= cut)
                {
                    break;
                }

                cut = earlier;
                tokens = countTokens(text[start..cut]);
            }

            units.Add(new Unit(start, TrimEnd(text, start, cut), tokens));
            guess = tokens * 4 < budget * 3 ? Math.Min(_maxCharacters, guess + (guess / 2)) : guess;
            start = SkipSpace(text, cut);
        }
    }

    private static int SkipSpace(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    private static int TrimEnd(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }
}
