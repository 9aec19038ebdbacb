namespace Simile.Passages;

/// <summary>Cuts a text into pieces of at most so many tokens: between sentences, else between words, else between graphemes.</summary>
/// <remarks>Its work grows with the length of the text, whatever the text is: nothing longer than a few passages is ever counted at once.</remarks>
internal sealed class UnitCutter(TokenCounter countTokens, int maxTokens)
{
    private const int MaxCharactersPerToken = 12;
    private const int FirstCharactersPerToken = 4;

    private readonly int _maxCharacters = maxTokens * MaxCharactersPerToken;

    private readonly record struct Unit(int Start, int End, int Tokens);

    /// <summary>The tokens of a text; of one that is certainly too long for a passage only that it is.</summary>
    public int CountUpTo(ReadOnlySpan<char> text) => text.Length > _maxCharacters ? int.MaxValue / 4 : countTokens(text);

    /// <summary>The pieces in order, without white space around them; their lengths are alike.</summary>
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
            // Even shares, so that no crumb is left at the end.
            var share = left / Math.Max(1, (left + budget - 1) / budget);
            var (next, tokens) = (first + 1, units[first].Tokens);
            while (next < units.Count && tokens + units[next].Tokens <= budget && tokens + (units[next].Tokens / 2) <= share && units[next].End - units[first].Start <= _maxCharacters)
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
