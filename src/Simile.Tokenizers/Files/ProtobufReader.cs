using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Simile.Tokenizers.Files;

/// <summary>Reads the wire format of protocol buffers. Unknown fields are skipped.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding. Every length is checked against the remaining bytes.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message, int origin)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Length = 2,
        Fixed32 = 5,
    }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>The bytes of a length-delimited field.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The offset of <see cref="Bytes"/> in the outermost message.</summary>
    public int BytesStart { get; private set; }

    /// <summary>The value of a varint or a fixed field.</summary>
    public ulong Value { get; private set; }

    /// <summary>The value as a float.</summary>
    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Value);

    /// <summary>The value as a boolean.</summary>
    public readonly bool Flag => Value != 0;

    /// <summary>The bytes as text.</summary>
    public readonly string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>Moves to the next field.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The message is cut off or invalid.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read()
    {
        if (_position == _message.Length)
        {
            return false;
        }

        var tag = ReadVarint();
        Field = (int)(tag >> 3 & 0x1FFFFFFF);
        Bytes = default;
        switch ((WireType)(tag & 7))
        {
            case WireType.Varint:
                Value = ReadVarint();
                return true;
            case WireType.Fixed64:
                Value = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                return true;
            case WireType.Fixed32:
                Value = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                return true;
            case WireType.Length:
                var length = ReadVarint();
                Value = length;
                Bytes = Take(length);
                BytesStart = origin + _position - Bytes.Length;
                return true;
            default:
                throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("The protocol buffer is cut off, damaged, or another kind of file.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Take(1)[0];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_message.Length - _position))
        {
            throw Damaged();
        }

        _position += (int)length;
        return _message.Slice(_position - (int)length, (int)length);
    }
}
