using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>
/// SentencePiece's precompiled rules: a double-array trie over UTF-8 (darts-clone). Its values are offsets of zero-terminated replacements.
/// </summary>
/// <remarks>
/// Layout: size of the double array in bytes (uint32, little-endian), its units (uint32 each), then the replacements.
/// A unit holds: bits 0–7 its label, bit 8 whether it has a value, bit 9 a scale of 256 and bits 10–30 the offset of its children.
/// A value unit (bit 31 set) holds the value in the low 31 bits.
/// </remarks>
internal sealed class CharsMap
{
    private const int None = -1;

    private readonly uint[] _units;
    private readonly byte[] _replacements;

    // For every ASCII character: the ASCII characters that follow it in some rule; all of them if a rule matches it alone.
    private readonly UInt128[] _asciiPairs = new UInt128[128];

    /// <summary>Reads the blob of a normalizer spec.</summary>
    /// <exception cref="InvalidDataException">The blob is too short for its sizes.</exception>
    public CharsMap(ReadOnlySpan<byte> blob)
    {
        var size = blob.Length > 4 ? BinaryPrimitives.ReadUInt32LittleEndian(blob) : uint.MaxValue;
        if (size >= blob.Length - 4 || size % 4 != 0 || size == 0)
        {
            throw new InvalidDataException(
                $"The normalization rules are damaged: a table of {size} bytes does not fit in {blob.Length} bytes.");
        }

        _units = new uint[size / 4];
        blob.Slice(4, (int)size).CopyTo(MemoryMarshal.AsBytes(_units.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(_units, _units);
        }

        _replacements = blob[(4 + (int)size)..].ToArray();
        for (var c = 0; c < 128; c++)
        {
            _asciiPairs[c] = FindPairs((byte)c);
        }
    }

    /// <summary>Whether no rule starts with two spaces or matches a single space.</summary>
    public bool LeavesSpacesAlone => (_asciiPairs[' '] >> ' ' & UInt128.One) == UInt128.Zero;

    /// <summary>Whether no rule matches at unit i, given that it and the next unit are ASCII. False if unknown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsPlain(ReadOnlySpan<char> text, int i) =>
        (uint)(i + 1) < (uint)text.Length && text[i] < 0x80 && text[i + 1] < 0x80
        && (_asciiPairs[text[i]] >> text[i + 1] & UInt128.One) == UInt128.Zero;

    /// <summary>The longest rule that matches at unit i of a text.</summary>
    /// <returns>The number of matched UTF-16 units; 0 if no rule matches.</returns>
    public int Match(ReadOnlySpan<char> text, int i, out ReadOnlySpan<byte> replacement)
    {
        var node = Offset(_units[0]);
        var longest = 0;
        var value = None;
        for (var at = i; at < text.Length;)
        {
            var next = StepCodePoint(node, text, at, out var units, out var found);
            if (next == None)
            {
                break;
            }

            at += units;
            node = (uint)next;
            if (found != None)
            {
                (longest, value) = (at - i, found);
            }
        }

        replacement = value == None ? default : Replacement(value);
        return longest;
    }

    /// <summary>Whether no rule matches anywhere in a text. False if unknown.</summary>
    public bool IsPlain(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (!IsPlain(text, i))
            {
                return false;
            }
        }

        return text.IsEmpty || (text[^1] < 0x80 && _asciiPairs[text[^1]] != UInt128.MaxValue);
    }

    /// <summary>The shortest rule that matches at the start of a text. A zero byte ends the search, as in the tokenizers library.</summary>
    public bool TryMatchShortest(ReadOnlySpan<char> text, out ReadOnlySpan<byte> replacement)
    {
        var node = Offset(_units[0]);
        for (var at = 0; at < text.Length && text[at] != '\0';)
        {
            var next = StepCodePoint(node, text, at, out var units, out var value);
            if (next == None)
            {
                break;
            }

            if (value != None)
            {
                replacement = Replacement(value);
                return true;
            }

            at += units;
            node = (uint)next;
        }

        replacement = default;
        return false;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);

    private UInt128 FindPairs(byte first)
    {
        var node = Step(Offset(_units[0]), first, out var value);
        if (node == None)
        {
            return UInt128.Zero;
        }

        var pairs = UInt128.Zero;
        for (var second = 0; second < 128; second++)
        {
            pairs |= Step((uint)node, (byte)second, out _) == None ? UInt128.Zero : UInt128.One << second;
        }

        return value == None ? pairs : UInt128.MaxValue;
    }

    private ReadOnlySpan<byte> Replacement(int value)
    {
        var rest = value < _replacements.Length ? _replacements.AsSpan(value) : default;
        var end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }

    private int StepCodePoint(uint node, ReadOnlySpan<char> text, int at, out int units, out int value)
    {
        var c = text[at];
        units = 1;
        if (c < 0x80)
        {
            return Step(node, (byte)c, out value);
        }

        Span<byte> utf8 = stackalloc byte[4];
        Rune.DecodeFromUtf16(text[at..], out var rune, out units);
        var position = (int)node;
        value = None;
        foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
        {
            position = Step((uint)position, b, out value);
            if (position == None)
            {
                break;
            }
        }

        return position;
    }

    private int Step(uint node, byte label, out int value)
    {
        value = None;
        node ^= label;
        if (node >= (uint)_units.Length)
        {
            return None;
        }

        var unit = _units[node];
        if ((unit & 0x800000FF) != label)
        {
            return None;
        }

        node ^= Offset(unit);
        if ((unit & 0x100) != 0 && node < (uint)_units.Length)
        {
            value = (int)(_units[node] & 0x7FFFFFFF);
        }

        return (int)node;
    }
}
