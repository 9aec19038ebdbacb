using System.Runtime.CompilerServices;

namespace Simile.Tokenizers.Unicode;

/// <summary>A value for every code point, for fast lookups. Immutable.</summary>
/// <remarks>Deduplicated blocks of 256 values: code point c has the value _values[_blocks[c / 256] * 256 + c % 256].</remarks>
internal sealed class CodePointMap<T>
    where T : unmanaged, IEquatable<T>
{
    private const int BlockSize = 256;

    private readonly ushort[] _blocks = new ushort[0x110000 / BlockSize];
    private readonly T[] _values;

    /// <summary>
    /// Sets the value of every <c>Step</c>th code point from First to Last. Later entries win; the rest has the default value.
    /// </summary>
    public CodePointMap(IEnumerable<(int First, int Last, int Step, T Value)> runs)
    {
        var all = new T[0x110000];
        foreach (var (first, last, step, value) in runs)
        {
            for (var c = first; c <= last; c += step)
            {
                all[c] = value;
            }
        }

        _values = Pack(all);
    }

    /// <summary>The value of a code point, 0 to 0x10FFFF.</summary>
    public T this[int codePoint]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[(_blocks[codePoint / BlockSize] * BlockSize) + (codePoint % BlockSize)];
    }

    // Most blocks equal the previous one or one of the first few, so a linear search is enough.
    private T[] Pack(ReadOnlySpan<T> all)
    {
        var kinds = new List<int>();
        for (var b = 0; b < _blocks.Length; b++)
        {
            var block = all.Slice(b * BlockSize, BlockSize);
            var kind = b > 0 && block.SequenceEqual(all.Slice((b - 1) * BlockSize, BlockSize))
                ? _blocks[b - 1]
                : IndexOf(all, kinds, block);
            if (kind < 0)
            {
                kind = kinds.Count;
                kinds.Add(b);
            }

            _blocks[b] = (ushort)kind;
        }

        var values = new T[kinds.Count * BlockSize];
        for (var k = 0; k < kinds.Count; k++)
        {
            all.Slice(kinds[k] * BlockSize, BlockSize).CopyTo(values.AsSpan(k * BlockSize));
        }

        return values;
    }

    private static int IndexOf(ReadOnlySpan<T> all, List<int> kinds, ReadOnlySpan<T> block)
    {
        for (var k = 0; k < kinds.Count; k++)
        {
            if (block.SequenceEqual(all.Slice(kinds[k] * BlockSize, BlockSize)))
            {
                return k;
            }
        }

        return -1;
    }
}
