using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simile.Tokenizers.Models;

/// <summary>
/// A cache for words longer than those of <see cref="WordCache"/>, up to 64 units: clauses without spaces, identifiers, indentation, rules.
/// </summary>
internal sealed class LongWordCache
{
    /// <summary>Maximum length in units.</summary>
    public const int MaxLength = 64;

    private const int MaxTokens = 32;
    private const int SizeBits = 12;
    private readonly Entry[] _entries = new Entry[1 << SizeBits];

    /// <summary>The slot of a word. It may hold another word or none.</summary>
    public ref Entry PlaceOf(ReadOnlySpan<char> word)
    {
        var hash = (ulong)word.Length;
        var parts = MemoryMarshal.Cast<char, ulong>(word);
        foreach (var part in parts)
        {
            hash = (hash ^ part) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }

        foreach (var unit in word[(parts.Length * 4)..])
        {
            hash = (hash ^ unit) * 0xC2B2AE3D27D4EB4F;
        }

        return ref _entries[(int)(hash >> (64 - SizeBits))];
    }

    /// <summary>A word and its tokens.</summary>
    internal struct Entry
    {
        private Units _word;
        private Tokens _ids;
        private Tokens _bytes;
        private byte _length;
        private byte _count;

        /// <summary>Token ids.</summary>
        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public readonly ReadOnlySpan<int> Ids => ((ReadOnlySpan<int>)_ids)[.._count];

        /// <summary>The number of bytes of each token.</summary>
        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public readonly ReadOnlySpan<int> Bytes => ((ReadOnlySpan<int>)_bytes)[.._count];

        /// <summary>Whether the slot holds this word.</summary>
        public readonly bool Is(ReadOnlySpan<char> word) => _count > 0 && word.SequenceEqual(((ReadOnlySpan<char>)_word)[.._length]);

        /// <summary>Stores a word in the slot if its tokens fit.</summary>
        public bool TrySet(ReadOnlySpan<char> word, Symbols symbols)
        {
            if (symbols.Count is 0 or > MaxTokens)
            {
                return false;
            }

            word.CopyTo(_word);
            symbols.Ids.CopyTo(_ids);
            symbols.Lengths.CopyTo(_bytes);
            (_length, _count) = ((byte)word.Length, (byte)symbols.Count);
            return true;
        }

        [InlineArray(MaxLength)]
        private struct Units
        {
            private char _unit;
        }

        [InlineArray(MaxTokens)]
        private struct Tokens
        {
            private int _value;
        }
    }
}
