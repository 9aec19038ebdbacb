using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simile.Models.BuiltIn;

/// <summary>Decodes rows of one prefix code, up to six symbols per lookup of 11 bits.</summary>
/// <remarks>
/// An entry holds six symbols of one byte, then the number of symbols that fit completely into the 11 bits, then the number of bits they
/// take.
/// </remarks>
internal sealed class PrefixDecoder
{
    /// <summary>Number of bytes that <see cref="Decode"/> may write after the requested symbols.</summary>
    public const int Slack = 40;

    private const int Lookups = 5;
    private const int MaxSymbols = 6;
    private const int Entries = 1 << PrefixCode.MaxBits;

    private readonly ulong[] _entries = new ulong[Entries];

    /// <summary>Prepares the decoder of a complete code.</summary>
    public PrefixDecoder(ReadOnlySpan<byte> lengths)
    {
        var words = PrefixCode.Words(lengths);
        Span<byte> symbols = stackalloc byte[Entries];
        for (var symbol = 0; symbol < PrefixCode.Symbols; symbol++)
        {
            for (int word = words[symbol], length = lengths[symbol]; length > 0 && word < Entries; word += 1 << length)
            {
                symbols[word] = (byte)symbol;
            }
        }

        for (var bits = 0; bits < Entries; bits++)
        {
            _entries[bits] = Entry(bits, symbols, lengths);
        }
    }

    /// <summary>Decodes <paramref name="count"/> symbols. Up to <see cref="Slack"/> more bytes after them are overwritten.</summary>
    /// <remarks>At least 11 bits per symbol and 16 bytes must be readable from <paramref name="bits"/>.</remarks>
    public void Decode(ReadOnlySpan<byte> bits, Span<byte> symbols, int count)
    {
        ref var entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        ref var source = ref MemoryMarshal.GetReference(bits);
        ref var target = ref MemoryMarshal.GetReference(symbols[..(count + Slack)]);
        nint done = 0, position = 0;
        while (done < count)
        {
            var window = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, position >> 3)) >> (int)(position & 7);
            for (var i = 0; i < Lookups; i++)
            {
                var entry = Unsafe.Add(ref entries, (nint)(window & (Entries - 1)));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, done), entry);
                var taken = (int)(entry >> 56);
                done += (nint)((entry >> 48) & 0xFF);
                window >>= taken;
                position += taken;
            }
        }
    }

    private static ulong Entry(int bits, ReadOnlySpan<byte> symbols, ReadOnlySpan<byte> lengths)
    {
        var (entry, count, taken) = (0UL, 0, 0);
        while (count < MaxSymbols)
        {
            var symbol = symbols[bits >> taken];
            if (taken + lengths[symbol] > PrefixCode.MaxBits)
            {
                break;
            }

            entry |= (ulong)symbol << (8 * count++);
            taken += lengths[symbol];
        }

        return entry | ((ulong)count << 48) | ((ulong)taken << 56);
    }
}
