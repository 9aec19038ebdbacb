using System.Buffers.Binary;
using System.Text;
using Simile.Numerics.Files;

namespace Simile.VectorData.Values;

/// <summary>The checksums of stored rows, by CRC-32C (docs/formats/collections.md).</summary>
internal static class RowSum
{
    /// <summary>The sum that a column's values start from: that of its storage name.</summary>
    public static uint Seed(string name) => Crc32C.Of(Encoding.UTF8.GetBytes(name));

    /// <summary>
    /// The checksum of a record: the exclusive or over its values but nulls, so that neither the order of columns nor one that is added
    /// later matters.
    /// </summary>
    /// <param name="id">The row's number.</param>
    /// <param name="seeds">The columns' <see cref="Seed"/>.</param>
    /// <param name="values">The encoded key and data values.</param>
    public static long OfRecord(long id, ReadOnlySpan<uint> seeds, ReadOnlySpan<object?> values)
    {
        var sum = 0u;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not null)
            {
                sum ^= Add(Add(seeds[i], id), values[i]!);
            }
        }

        return sum;
    }

    /// <summary>The checksum of a vector.</summary>
    /// <param name="id">The number of its record's row.</param>
    /// <param name="vector">The stored bytes.</param>
    public static long OfVector(long id, ReadOnlySpan<byte> vector) => Crc32C.Of(vector, Add(0, id));

    private static uint Add(uint sum, object value) => value switch
    {
        long number => Add(sum, number),
        double number => Add(sum, BitConverter.DoubleToInt64Bits(number)),
        string text => Crc32C.Of(Encoding.UTF8.GetBytes(text), sum),
        byte[] bytes => Crc32C.Of(bytes, sum),
        _ => throw new InvalidOperationException($"No column holds {value.GetType()}."),
    };

    private static uint Add(uint sum, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return Crc32C.Of(bytes, sum);
    }
}
