using System.Globalization;

namespace Simile.Models.Words;

/// <summary>
/// Splits a text into the words of a table. A token between spaces is used as it is, or in lower case, if the table contains it. Otherwise
/// it is split into runs of letters and digits. In scripts without spaces between words (Chinese, Japanese, Thai), runs are split greedily
/// into the longest words of the table. Punctuation is ignored unless a word of the table contains it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TextWords(WordVectors vectors)
{
    private const int LongestLower = 128;
    private readonly int _longest = vectors.Words.Count == 0 ? 0 : Math.Min(vectors.Words.Max(word => word.Length), 32);

    /// <summary>Adds the rows of known words to one list and the spelling of unknown ones to another.</summary>
    public void Find(ReadOnlySpan<char> text, List<int> known, List<string> unknown)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                AddField(text[start..end], known, unknown);
            }

            start = end + 1;
        }
    }

    private void AddField(ReadOnlySpan<char> field, List<int> known, List<string> unknown)
    {
        if (TryAdd(field, known))
        {
            return;
        }

        for (var start = 0; start < field.Length;)
        {
            var end = EndOfRun(field, start, out var isWord);
            if (isWord && !TryAdd(field[start..end], known))
            {
                AddUnknown(field[start..end], known, unknown);
            }

            start = end;
        }
    }

    private void AddUnknown(ReadOnlySpan<char> run, List<int> known, List<string> unknown)
    {
        if (!HasNoBlanks(run))
        {
            unknown.Add(run.ToString());
            return;
        }

        for (var start = 0; start < run.Length;)
        {
            var length = Math.Min(_longest, run.Length - start);
            while (length > 0 && !TryAdd(run.Slice(start, length), known))
            {
                length--;
            }

            if (length == 0)
            {
                length = char.IsHighSurrogate(run[start]) && start + 1 < run.Length ? 2 : 1;
                unknown.Add(run.Slice(start, length).ToString());
            }

            start += length;
        }
    }

    private bool TryAdd(ReadOnlySpan<char> word, List<int> known)
    {
        if (vectors.TryFind(word, out var row))
        {
            known.Add(row);
            return true;
        }

        Span<char> lower = stackalloc char[LongestLower];
        if (word.Length > LongestLower || !vectors.TryFind(lower[..word.ToLowerInvariant(lower)], out row))
        {
            return false;
        }

        known.Add(row);
        return true;
    }

    // Combining marks, and apostrophes between letters, are part of a word.
    private static int EndOfRun(ReadOnlySpan<char> field, int start, out bool isWord)
    {
        isWord = IsWord(field, start);
        var end = start;
        while (end < field.Length
            && (IsWord(field, end) == isWord || (isWord && field[end] is '\'' or '’' && end + 1 < field.Length && IsWord(field, end + 1))))
        {
            end++;
        }

        return end;
    }

    private static bool IsWord(ReadOnlySpan<char> text, int at) => char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at])
        || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool HasNoBlanks(ReadOnlySpan<char> run) =>
        run.ContainsAnyInRange('\u3040', '\u30FF') || run.ContainsAnyInRange('\u3400', '\u9FFF')
        || run.ContainsAnyInRange('\u0E00', '\u0EFF') || run.ContainsAnyInRange('\u1780', '\u17FF')
        || run.ContainsAnyInRange('\uF900', '\uFAFF');
}
