using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>A cache of the tokens of words of up to 16 UTF-16 units, one slot per hash. A new word replaces the old one.</summary>
/// <remarks>
/// Owned by a <see cref="Workspace"/>, so it is never shared between concurrent calls. A word and its tokens fill one cache line of 64
/// bytes.
/// </remarks>
internal sealed class WordCache
{
    /// <summary>Maximum length in units.</summary>
    public const int MaxLength = 16;

    private const int MaxTokens = 6;
    private const int SizeBits = 15;
    private readonly Entry[] _entries = new Entry[1 << SizeBits];

    /// <summary>The cache of longer words.</summary>
    public LongWordCache Long => field ??= new LongWordCache();

    /// <summary>Buffers for words that are not cached.</summary>
    public Symbols Symbols { get; } = new();

    /// <summary>The cache of a workspace.</summary>
    public static WordCache Of(Workspace work) => work.ModelState as WordCache ?? (WordCache)(work.ModelState = new WordCache());

    /// <summary>The first <see cref="MaxLength"/> units of a text. The caller guarantees that they exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Load(ReadOnlySpan<char> text, int start) =>
        Vector256.LoadUnsafe(ref Unsafe.As<char, ushort>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), start)));

    /// <summary>The first units, then zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Key(Vector256<ushort> units, int length) =>
        units & Vector256.LessThan(Vector256<ushort>.Indices, Vector256.Create((ushort)length));

    /// <summary>The units of a word of at most <see cref="MaxLength"/>, then zeros.</summary>
    public static Vector256<ushort> Key(ReadOnlySpan<char> text, int start, int length)
    {
        if (text.Length - start >= MaxLength)
        {
            return Key(Load(text, start), length);
        }

        Span<char> padded = stackalloc char[MaxLength];
        text.Slice(start, length).CopyTo(padded);
        return Vector256.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(padded)));
    }

    /// <summary>The slot of a word. It may hold another word or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Entry PlaceOf(Vector256<ushort> key)
    {
        var parts = key.AsUInt64();
        var hash = (parts[0] * 0x9E3779B97F4A7C15) ^ (parts[1] * 0xC2B2AE3D27D4EB4F)
            ^ (parts[2] * 0x165667B19E3779F9) ^ (parts[3] * 0xD6E8FEB86659FD93);
        return ref _entries[(int)(hash >> (64 - SizeBits))];
    }

    /// <summary>A word and its tokens.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Entry
    {
        private Vector256<ushort> _key;
        private byte _length;
        private byte _count;
        private Bytes _bytes;
        private Tokens _ids;

        /// <summary>Token ids.</summary>
        [UnscopedRef]
        public readonly ReadOnlySpan<int> Ids => ((ReadOnlySpan<int>)_ids)[.._count];

        /// <summary>Whether the slot holds this word.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool Is(Vector256<ushort> key, int length) => _key == key && _length == length;

        /// <summary>Stores a word in the slot if its tokens fit.</summary>
        public bool TrySet(Vector256<ushort> key, int length, Symbols symbols)
        {
            if (symbols.Count is 0 or > MaxTokens)
            {
                return false;
            }

            (_key, _length, _count) = (key, (byte)length, (byte)symbols.Count);
            for (var i = 0; i < symbols.Count; i++)
            {
                _ids[i] = symbols.Ids[i];
                _bytes[i] = (byte)symbols.Lengths[i];
            }

            return true;
        }

        /// <summary>Appends the tokens to the workspace.</summary>
        public readonly void AddTo(Workspace work, TextSource text, int start, int end)
        {
            Span<int> bytes = stackalloc int[MaxTokens];
            for (var i = 0; i < _count; i++)
            {
                bytes[i] = _bytes[i];
            }

            work.AddWord(Ids, bytes, text, start, end);
        }

        [InlineArray(MaxTokens)]
        private struct Bytes
        {
            private byte _value;
        }

        [InlineArray(MaxTokens)]
        private struct Tokens
        {
            private int _id;
        }
    }
}
