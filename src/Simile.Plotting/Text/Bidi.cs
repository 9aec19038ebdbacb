using System.Globalization;
using System.Text;

namespace Simile.Plotting.Text;

/// <summary>A run of text in one direction and one script.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="IsRightToLeft">Whether the run is right to left.</param>
internal readonly record struct BidiRun(int Start, int Length, bool IsRightToLeft);

/// <summary>The visual order of the runs of a line that mixes left-to-right and right-to-left scripts.</summary>
/// <remarks>
/// The rules of Unicode's annex 9 for a short line without explicit embeddings: the first strong character gives the line its direction,
/// numbers run left to right, and neutral characters take the direction of both neighbors if they agree, else that of the line. HarfBuzz
/// mirrors brackets.
/// </remarks>
internal static class Bidi
{
    private enum Strength
    {
        Neutral,
        Left,
        Right,
        Number,
    }

    /// <summary>Whether the direction of a line is right to left.</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Of(rune) is var strength && strength is Strength.Left or Strength.Right)
            {
                return strength == Strength.Right;
            }
        }

        return false;
    }

    /// <summary>The runs of a line in visual order, from left to right.</summary>
    public static List<BidiRun> Visual(string text)
    {
        var right = IsRightToLeft(text);
        var levels = Levels(text, right);
        var runs = new List<BidiRun>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && levels[end] == levels[start])
            {
                end++;
            }

            runs.Add(new BidiRun(start, end - start, levels[start] % 2 == 1));
            start = end;
        }

        Reorder(runs, run => levels[run.Start]);
        return runs;
    }

    // Rule L2: from the highest level down to the lowest odd one, reverse each sequence of runs that have at least that level.
    private static void Reorder(List<BidiRun> runs, Func<BidiRun, int> level)
    {
        var levels = runs.ConvertAll(run => level(run));
        for (var at = levels.DefaultIfEmpty(0).Max(); at >= 1; at--)
        {
            for (var i = 0; i < runs.Count; i++)
            {
                var count = levels.Skip(i).TakeWhile(value => value >= at).Count();
                runs.Reverse(i, count);
                levels.Reverse(i, count);
                i += count;
            }
        }
    }

    private static int[] Levels(string text, bool right)
    {
        var kinds = Kinds(text);
        ResolveNeutrals(kinds, right ? Strength.Right : Strength.Left);
        var levels = new int[kinds.Length];
        var strong = right ? Strength.Right : Strength.Left;
        for (var i = 0; i < levels.Length; i++)
        {
            strong = kinds[i] == Strength.Number ? strong : kinds[i];
            levels[i] = kinds[i] == Strength.Right ? 1 : right || (kinds[i] == Strength.Number && strong == Strength.Right) ? 2 : 0;
        }

        return levels;
    }

    private static Strength[] Kinds(string text)
    {
        var kinds = new Strength[text.Length];
        var last = Strength.Neutral;
        for (var i = 0; i < text.Length;)
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            var kind = Of(rune);
            if (kind == Strength.Neutral
                && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                kind = last;
            }

            kinds.AsSpan(i, length).Fill(kind);
            last = kind;
            i += length;
        }

        JoinNumbers(text, kinds);
        return kinds;
    }

    // Rule W4: a separator between two digits belongs to their number.
    private static void JoinNumbers(string text, Strength[] kinds)
    {
        for (var i = 1; i + 1 < kinds.Length; i++)
        {
            if (text[i] is ',' or '.' or ':' or '/' or '-' && kinds[i - 1] == Strength.Number && kinds[i + 1] == Strength.Number)
            {
                kinds[i] = Strength.Number;
            }
        }
    }

    // Rules N1 and N2; a number counts as right-to-left if the text before it is.
    private static void ResolveNeutrals(Strength[] kinds, Strength line)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != Strength.Neutral)
            {
                continue;
            }

            var end = Array.FindIndex(kinds, i, kind => kind != Strength.Neutral);
            var before = i > 0 ? Side(kinds, i - 1, line) : line;
            var after = end >= 0 ? Side(kinds, end, line) : line;
            kinds.AsSpan(i..(end < 0 ? kinds.Length : end)).Fill(before == after ? before : line);
        }
    }

    private static Strength Side(Strength[] kinds, int at, Strength line)
    {
        if (kinds[at] != Strength.Number)
        {
            return kinds[at];
        }

        var strong = Array.FindLastIndex(kinds, at, kind => kind is Strength.Left or Strength.Right);
        return strong >= 0 ? kinds[strong] : line;
    }

    private static Strength Of(Rune rune) => rune.Value switch
    {
        (>= 0x660 and <= 0x669) or (>= 0x6F0 and <= 0x6F9) or (>= '0' and <= '9') => Strength.Number,
        (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF)
            or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) or 0x200F
            => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? Strength.Neutral : Strength.Right,
        0x200E => Strength.Left,
        _ when Rune.IsLetter(rune) => Strength.Left,
        _ => Strength.Neutral,
    };
}
