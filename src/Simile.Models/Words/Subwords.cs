using System.Text;

namespace Simile.Models.Words;

/// <summary>
/// The n-grams of a word as in fastText: code point n-grams of &lt;word&gt; without the single &lt; and &gt;. The hash of an n-gram selects
/// its bucket.
/// </summary>
internal sealed record Subwords(int MinN, int MaxN, int Buckets)
{
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>Whether words have any n-grams.</summary>
    public bool Any => MaxN > 0 && Buckets > 0;

    /// <summary>32-bit FNV-1a with sign-extended bytes: bytes above 127 are negative, as in fastText.</summary>
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = FnvOffset;
        foreach (var value in bytes)
        {
            hash = (hash ^ (uint)(sbyte)value) * FnvPrime;
        }

        return hash;
    }

    /// <summary>Adds the buckets of a word's n-grams to a list, in fastText's order.</summary>
    public void Add(ReadOnlySpan<byte> word, List<int> buckets)
    {
        if (!Any)
        {
            return;
        }

        Span<byte> marked = word.Length < 256 ? stackalloc byte[word.Length + 2] : new byte[word.Length + 2];
        Mark(word, marked);
        foreach (var (start, end) in Ranges(marked.ToArray()))
        {
            buckets.Add((int)(Hash(marked[start..end]) % (uint)Buckets));
        }
    }

    /// <summary>The n-grams as text.</summary>
    public IEnumerable<string> Of(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        var marked = new byte[bytes.Length + 2];
        Mark(bytes, marked);
        return Ranges(marked).Select(range => Encoding.UTF8.GetString(marked[range.Start..range.End]));
    }

    private static void Mark(ReadOnlySpan<byte> word, Span<byte> marked)
    {
        marked[0] = (byte)'<';
        word.CopyTo(marked[1..]);
        marked[^1] = (byte)'>';
    }

    // An n-gram does not start at a UTF-8 continuation byte (Dictionary::computeSubwords in fastText).
    private IEnumerable<(int Start, int End)> Ranges(byte[] marked)
    {
        for (var start = 0; start < marked.Length; start++)
        {
            if (GoesOn(marked[start]))
            {
                continue;
            }

            for (var (end, n) = (start, 1); end < marked.Length && n <= MaxN; n++)
            {
                end++;
                while (end < marked.Length && GoesOn(marked[end]))
                {
                    end++;
                }

                if (n >= MinN && !(n == 1 && (start == 0 || end == marked.Length)))
                {
                    yield return (start, end);
                }
            }
        }
    }

    private static bool GoesOn(byte value) => (value & 0xC0) == 0x80;
}
