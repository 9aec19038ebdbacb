using System.Buffers;
using System.Runtime.InteropServices;

namespace Simile.Tokenizers.Unicode;

/// <summary>Unicode normalization forms, with the origin of every code point.</summary>
/// <remarks>
/// Change counts follow the reference's transformations: 0 replaces one code point of the input,
/// 1 was inserted after the previous one, −n replaces n + 1 code points.
/// </remarks>
internal static class Normalization
{
    private const int HangulBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7;
    private const int LCount = 19, VCount = 21, TCount = 28, HangulCount = LCount * VCount * TCount;

    public static byte CombiningClass(int c) => c < 0x300 ? (byte)0 : Tables.CombiningClasses.GetValueOrDefault(c);

    /// <summary>Appends the full decomposition of a code point.</summary>
    public static void Decompose(int c, bool compatible, List<int> into)
    {
        if (c is >= HangulBase and < HangulBase + HangulCount)
        {
            DecomposeHangul(c - HangulBase, into);
        }
        else if (c >= 0xA0
            && (Tables.Canonical.TryGetValue(c, out var parts) || (compatible && Tables.Compatible.TryGetValue(c, out parts))))
        {
            foreach (var part in parts)
            {
                Decompose(part, compatible, into);
            }
        }
        else
        {
            into.Add(c);
        }
    }

    /// <summary>The composite of two code points, or -1.</summary>
    public static int Compose(int a, int b)
    {
        if (a is >= LBase and < LBase + LCount && b is >= VBase and < VBase + VCount)
        {
            return HangulBase + ((((a - LBase) * VCount) + (b - VBase)) * TCount);
        }

        if (a is >= HangulBase and < HangulBase + HangulCount && (a - HangulBase) % TCount == 0 && b is > TBase and < TBase + TCount)
        {
            return a + (b - TBase);
        }

        return b >= 0x300 && Tables.Compositions.TryGetValue((a, b), out var composite) ? composite : -1;
    }

    /// <summary>Decomposes <see cref="NormalizationBuffers.Points"/> and sorts marks by combining class (stable).</summary>
    public static void Decompose(NormalizationBuffers buffers, bool compatible)
    {
        var (result, classes, parts) = (buffers.Decomposed, buffers.Classes, buffers.Parts);
        result.Clear();
        classes.Clear();
        var starter = 0;
        foreach (var point in buffers.Points)
        {
            parts.Clear();
            Decompose(point, compatible, parts);
            for (var i = 0; i < parts.Count; i++)
            {
                var combiningClass = CombiningClass(parts[i]);
                if (combiningClass == 0)
                {
                    SortMarks(result, classes, starter);
                    starter = result.Count;
                    classes.Clear();
                }

                classes.Add(combiningClass);
                result.Add((parts[i], i == 0 ? 0 : 1));
            }
        }

        SortMarks(result, classes, starter);
    }

    /// <summary>Composes the result of <see cref="Decompose(NormalizationBuffers, bool)"/>.</summary>
    public static void Compose(NormalizationBuffers buffers)
    {
        var result = buffers.Composed;
        result.Clear();
        var composee = -1;
        var lastClass = -1;
        foreach (var (point, change) in buffers.Decomposed)
        {
            var combiningClass = CombiningClass(point);
            var composite = composee >= 0 && (lastClass < 0 || lastClass < combiningClass)
                ? Compose(result[composee].CodePoint, point)
                : -1;
            if (composite >= 0)
            {
                result[composee] = (composite, result[composee].Change + change - 1);
                continue;
            }

            if (combiningClass == 0)
            {
                composee = result.Count;
                lastClass = -1;
            }
            else if (composee >= 0)
            {
                lastClass = combiningClass;
            }

            result.Add((point, change));
        }
    }

    private static void DecomposeHangul(int index, List<int> into)
    {
        into.Add(LBase + (index / (VCount * TCount)));
        into.Add(VBase + (index % (VCount * TCount) / TCount));
        if (index % TCount != 0)
        {
            into.Add(TBase + (index % TCount));
        }
    }

    // Stable counting sort: a text may contain a million marks after one letter.
    private static void SortMarks(List<(int CodePoint, int Change)> points, List<byte> classes, int first)
    {
        if (IsSorted(CollectionsMarshal.AsSpan(classes)))
        {
            return;
        }

        Span<int> next = stackalloc int[256];
        next.Clear();
        foreach (var combiningClass in classes)
        {
            next[combiningClass]++;
        }

        for (int c = 0, start = 0; c < next.Length; c++)
        {
            (next[c], start) = (start, start + next[c]);
        }

        var marks = CollectionsMarshal.AsSpan(points)[first..];
        var unsorted = ArrayPool<(int, int)>.Shared.Rent(marks.Length);
        marks.CopyTo(unsorted);
        for (var i = 0; i < marks.Length; i++)
        {
            marks[next[classes[i]]++] = unsorted[i];
        }

        ArrayPool<(int, int)>.Shared.Return(unsorted);
    }

    private static bool IsSorted(ReadOnlySpan<byte> classes)
    {
        for (var i = 1; i < classes.Length; i++)
        {
            if (classes[i - 1] > classes[i])
            {
                return false;
            }
        }

        return true;
    }
}
