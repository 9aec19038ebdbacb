namespace Simile.Keywords;

/// <summary>Takes a text apart, one run of letters, digits, marks and connectors after the other.</summary>
internal sealed class KeywordRun(string text)
{
    // Longer runs are encoded data: their pieces are no words.
    private const int LongestRun = 128;
    private const int LongestTerm = 64;

    private readonly List<string> _parts = [];
    private int _wholeStart;

    /// <summary>The terms so far.</summary>
    public List<Keyword> Keywords { get; } = [];

    /// <summary>Adds the terms of a run and of what hyphens join to it.</summary>
    /// <param name="start">Offset of the run.</param>
    /// <returns>The offset after the run.</returns>
    public int Take(int start)
    {
        var end = start;
        _wholeStart = start;
        for (var next = start; next >= 0; next = AfterHyphen(end))
        {
            end = TakePieces(next);
        }

        end = TakeSymbols(end);
        EndWhole(end);
        return end;
    }

    private int TakePieces(int start)
    {
        var end = EndOfRun(start);
        if (end - start > LongestRun && !HasUnspaced(start, end))
        {
            AddTerm(text[start..(start + LongestTerm)].ToLowerInvariant(), KeywordForm.Whole, start, end);
            return end;
        }

        for (var i = start; i < end;)
        {
            var stop = EndOfPiece(i, end, out var kind);
            Add(kind, i, stop);
            i = stop;
        }

        return end;
    }

    private void Add(CharacterClass kind, int start, int end)
    {
        if (kind == CharacterClass.Unspaced)
        {
            EndWhole(start);
            AddUnspaced(start, end);
            _wholeStart = end;
        }
        else if (kind != CharacterClass.Connector && !IsPossessive(start, end)
            && KeywordFolding.Fold(text.AsSpan(start, end - start)) is { Length: > 0 } part)
        {
            _parts.Add(part);
            AddTerm(EnglishStemmer.Stem(part), KeywordForm.Word, start, end);
        }
    }

    private void EndWhole(int end)
    {
        if (_parts.Count > 1)
        {
            AddTerm(string.Concat(_parts), KeywordForm.Whole, _wholeStart, end);
        }

        _parts.Clear();
    }

    private void AddTerm(string term, KeywordForm form, int start, int end) =>
        Keywords.Add(new Keyword(term.Length <= LongestTerm ? term : term[..LongestTerm], form, start, end));

    private int EndOfRun(int start)
    {
        var i = start;
        while (i < text.Length && KeywordCharacters.At(text, i, out var units) != CharacterClass.Other)
        {
            i += units;
        }

        return i;
    }

    private bool HasUnspaced(int start, int end)
    {
        for (var i = start; i < end;)
        {
            if (KeywordCharacters.At(text, i, out var units) == CharacterClass.Unspaced)
            {
                return true;
            }

            i += units;
        }

        return false;
    }

    // A piece is of one class; an uppercase letter begins a word, and the last one of several belongs to the lowercase ones after it.
    private int EndOfPiece(int start, int end, out CharacterClass kind)
    {
        kind = KeywordCharacters.At(text, start, out var units);
        var (i, last) = (start + units, start);
        while (i < end)
        {
            var next = KeywordCharacters.At(text, i, out units);
            if (next == CharacterClass.Lower && kind == CharacterClass.Upper)
            {
                if (last > start)
                {
                    return last;
                }

                kind = CharacterClass.Lower;
            }
            else if (next != CharacterClass.Mark && next != kind)
            {
                return i;
            }

            last = next == CharacterClass.Mark ? last : i;
            i += units;
        }

        return end;
    }

    // "'s" of "the ship's wing".
    private bool IsPossessive(int start, int end) =>
        end == start + 1 && text[start] is 's' or 'S' && start > 1 && text[start - 1] is '\'' or '\u2019' && char.IsLetter(text[start - 2]);

    // -1 if no hyphen joins another run.
    private int AfterHyphen(int end) =>
        end + 1 < text.Length && text[end] is '-' or '\u2010' or '\u2011'
        && KeywordCharacters.At(text, end - 1, out _) is not CharacterClass.Unspaced
        && KeywordCharacters.At(text, end + 1, out _) is CharacterClass.Lower or CharacterClass.Upper or CharacterClass.Digit
            ? end + 1
            : -1;

    // C#, F#, C++.
    private int TakeSymbols(int end)
    {
        var symbols = _parts is not [{ Length: 1 } letter] || !char.IsAsciiLetter(letter[0]) ? string.Empty
            : text.AsSpan(end).StartsWith("++") ? "++" : text.AsSpan(end).StartsWith("#") ? "#" : string.Empty;
        var after = end + symbols.Length;
        if (symbols.Length == 0 || (after < text.Length && KeywordCharacters.At(text, after, out _) != CharacterClass.Other))
        {
            return end;
        }

        AddTerm(_parts[0] + symbols, KeywordForm.Whole, _wholeStart, after);
        return after;
    }

    private void AddUnspaced(int start, int end)
    {
        var folded = KeywordFolding.Fold(text.AsSpan(start, end - start));
        var isAligned = folded.Length == end - start;
        var units = Units(folded);
        for (var i = 0; i + 1 < units.Count; i++)
        {
            var single = folded[units[i]..units[i + 1]];
            var (from, to) = isAligned ? (start + units[i], start + units[i + 1]) : (start, end);
            if (units.Count == 2 || KeywordCharacters.IsOftenAWord(single[0]))
            {
                AddTerm(single, KeywordForm.Unigram, from, to);
            }

            if (i + 2 < units.Count)
            {
                AddTerm(folded[units[i]..units[i + 2]], KeywordForm.Bigram, from, isAligned ? start + units[i + 2] : end);
            }
        }
    }

    // The offsets at which characters with their marks begin, and the end.
    private static List<int> Units(string folded)
    {
        var units = new List<int>();
        for (var i = 0; i < folded.Length;)
        {
            if (KeywordCharacters.At(folded, i, out var length) != CharacterClass.Mark || units.Count == 0)
            {
                units.Add(i);
            }

            i += length;
        }

        units.Add(folded.Length);
        return units;
    }
}
