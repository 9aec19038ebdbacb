using System.Buffers.Binary;

namespace Simile.Tables;

/// <summary>
/// Validates the footer of a Parquet file (Thrift compact protocol) without storing it. Lists and strings whose claimed length exceeds the
/// footer are found before a reader loops over them or allocates memory for them.
/// </summary>
/// <remarks>
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md and parquet.thrift of apache/parquet-format.
/// Parquet.Net 6.1 parses a field as the type that its field id should have and ignores the type in the file; a field that is not a list
/// can make it loop for minutes.
/// </remarks>
internal ref struct ParquetFooter
{
    private const int Trailer = 8;
    private const int DeepestNesting = 32;

    // The types of the fields 1, 2, … of each struct. b: bool, y: byte, h: int16, i: int32, l: int64, t: bytes, [X: a list of X, a name: a
    // struct.
    private static readonly Dictionary<string, string[]> Structs = new()
    {
        ["File"] = ["i", "[Schema", "l", "[Group", "[Pair", "t", "[Any", "Any", "t"],
        ["Schema"] = ["i", "i", "i", "t", "i", "i", "i", "i", "i", "Logical"],
        ["Logical"] = ["Any", "Any", "Any", "Any", "Decimal", "Any", "Time", "Time", "Any", "Integer", "Any", "Any", "Any", "Any", "Any"],
        ["Decimal"] = ["i", "i"],
        ["Time"] = ["b", "Any"],
        ["Integer"] = ["y", "b"],
        ["Group"] = ["[Chunk", "l", "l", "[Sorting", "l", "l", "h"],
        ["Sorting"] = ["i", "b", "b"],
        ["Chunk"] = ["t", "l", "Column", "l", "i", "l", "i", "Any", "t"],
        ["Column"] = ["i", "[i", "[t", "i", "l", "l", "l", "[Pair", "l", "l", "l", "Statistics", "[PageKind", "l", "i", "Sizes"],
        ["Statistics"] = ["t", "t", "l", "l", "t", "t", "b", "b"],
        ["PageKind"] = ["i", "i", "i"],
        ["Sizes"] = ["l", "[l", "[l"],
        ["Pair"] = ["t", "t"],
        ["Any"] = [],
    };

    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private ParquetFooter(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Whether the file ends with a footer in which all lengths are inside the footer. The stream is reset to its start.</summary>
    public static bool IsWhole(Stream file)
    {
        Span<byte> trailer = stackalloc byte[Trailer];
        if (file.Length < Trailer + 4)
        {
            return false;
        }

        file.Position = file.Length - Trailer;
        file.ReadExactly(trailer);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (!trailer[4..].SequenceEqual("PAR1"u8) || length > file.Length - Trailer - 4 || length > int.MaxValue)
        {
            return false;
        }

        var footer = new byte[length];
        file.Position = file.Length - Trailer - length;
        file.ReadExactly(footer);
        file.Position = 0;
        return new ParquetFooter(footer).SkipStruct("File", 0);
    }

    private bool SkipStruct(string name, int depth)
    {
        var (fields, number) = (Structs[name], 0L);
        while (depth < DeepestNesting && _at < _bytes.Length)
        {
            var head = _bytes[_at++];
            if (head == 0)
            {
                return true;
            }

            var given = 0UL;
            if (head >> 4 == 0 && !TryVarint(out given))
            {
                return false;
            }

            number = head >> 4 == 0 ? (long)(given >> 1) ^ -(long)(given & 1) : number + (head >> 4);
            var kind = number >= 1 && number <= fields.Length ? fields[number - 1] : null;
            if (!Is(head & 0xF, kind) || !Skip(head & 0xF, kind, depth, isElement: false))
            {
                return false;
            }
        }

        return false;
    }

    private static bool Is(int type, string? kind) => kind switch
    {
        null => true,
        "b" => type is 1 or 2,
        "y" => type == 3,
        "h" => type == 4,
        "i" => type == 5,
        "l" => type == 6,
        "t" => type == 8,
        ['[', ..] => type == 9,
        _ => type == 12,
    };

    private bool Skip(int type, string? kind, int depth, bool isElement) => type switch
    {
        1 or 2 => !isElement || Advance(1),
        3 => Advance(1),
        4 or 5 or 6 => TryVarint(out _),
        7 => Advance(8),
        8 => TryVarint(out var length) && length <= (ulong)(_bytes.Length - _at) && Advance((int)length),
        9 or 10 => SkipList(kind is ['[', .. var elements] ? elements : null, depth),
        12 => SkipStruct(kind ?? "Any", depth + 1),
        _ => false,
    };

    // Every element takes at least one byte.
    private bool SkipList(string? kind, int depth)
    {
        if (depth >= DeepestNesting || _at >= _bytes.Length)
        {
            return false;
        }

        var head = _bytes[_at++];
        var size = (ulong)(head >> 4);
        if ((size == 15 && !TryVarint(out size)) || size > (ulong)(_bytes.Length - _at) || (size > 0 && !Is(head & 0xF, kind)))
        {
            return false;
        }

        for (var i = 0UL; i < size; i++)
        {
            if (!Skip(head & 0xF, kind, depth + 1, isElement: true))
            {
                return false;
            }
        }

        return true;
    }

    private bool Advance(int count)
    {
        _at += count;
        return _at <= _bytes.Length;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && _at < _bytes.Length; shift += 7)
        {
            var part = _bytes[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
