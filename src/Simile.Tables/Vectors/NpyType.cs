using System.Buffers.Binary;

namespace Simile.Tables;

/// <summary>The type of the numbers of a NumPy file.</summary>
/// <param name="Kind">b (true or false), i (signed), u (unsigned) or f (float).</param>
/// <param name="Bytes">Bytes of a number.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal sealed record NpyType(char Kind, int Bytes, bool IsBigEndian)
{
    /// <summary>Reads NumPy's name of a type, with its quotes: '&lt;f4', '|u1', '&gt;f8'.</summary>
    /// <exception cref="InvalidDataException">The type does not exist or is not supported.</exception>
    public static NpyType Parse(string descr, string path)
    {
        var name = descr.Trim('\'', '"');
        return name is ['<' or '>' or '=' or '|', var kind, var size]
            && (kind, size) is ('f', '2' or '4' or '8') or ('i' or 'u', '1' or '2' or '4' or '8') or ('b', '1')
            ? new NpyType(kind, size - '0', name[0] == '>' || (name[0] == '=' && !BitConverter.IsLittleEndian))
            : throw new InvalidDataException(
                $"{path} holds {Said(name)}, not vectors of plain numbers: save them with numpy.save(path, vectors.astype('float32')).");
    }

    /// <summary>Converts numbers to the nearest float32.</summary>
    public void Convert(ReadOnlySpan<byte> numbers, Span<float> target)
    {
        Span<byte> number = stackalloc byte[Bytes];
        for (var i = 0; i < target.Length; i++)
        {
            numbers.Slice(i * Bytes, Bytes).CopyTo(number);
            if (IsBigEndian)
            {
                number.Reverse();
            }

            target[i] = One(number);
        }
    }

    private float One(ReadOnlySpan<byte> number) => (Kind, Bytes) switch
    {
        ('f', 2) => (float)BinaryPrimitives.ReadHalfLittleEndian(number),
        ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(number),
        ('f', _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(number),
        ('i', 1) => (sbyte)number[0],
        ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(number),
        ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(number),
        ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(number),
        ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(number),
        ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(number),
        ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(number),
        _ => number[0],
    };

    private static string Said(string name) => name switch
    {
        [_, 'O', ..] => "Python objects, which are never executed",
        [_, 'U' or 'S' or 'a', ..] => "texts",
        [_, 'c', ..] => "complex numbers",
        [_, 'M' or 'm', ..] => "times",
        [_, 'f', ..] => "floats of an unusual size",
        ['[', ..] => "records of several fields",
        _ => "values of an unknown type",
    };
}
