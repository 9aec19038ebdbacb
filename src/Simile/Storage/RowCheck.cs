using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;
using Simile.Numerics.Files;

namespace Simile.Storage;

/// <summary>The checksum of a row (docs/formats/store.md): CRC-32C of its values in order.</summary>
internal static class RowCheck
{
    /// <summary>Registers the function <c>simile_check</c> with a connection. Triggers and checks of the schema call it.</summary>
    public static void Teach(SqliteConnection connection) =>
        connection.CreateFunction("simile_check", (object?[] values) => Of(values), isDeterministic: true);

    /// <summary>The checksum of a vector.</summary>
    /// <param name="item">The item it belongs to.</param>
    /// <param name="kind">The item's kind, as the table has it.</param>
    /// <param name="vector">The stored bytes.</param>
    public static long OfVector(long item, string kind, ReadOnlySpan<byte> vector) => Add(Add(Add(0, item), kind), vector);

    private static long Of(object?[] values)
    {
        var sum = 0u;
        foreach (var value in values)
        {
            sum = value switch
            {
                long number => Add(sum, number),
                string text => Add(sum, text),
                byte[] bytes => Add(sum, bytes),
                _ => throw new InvalidDataException($"No column holds {value ?? "nothing"}."),
            };
        }

        return sum;
    }

    private static uint Add(uint sum, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return Crc32C.Of(bytes, sum);
    }

    private static uint Add(uint sum, string text) => Add(sum, Encoding.UTF8.GetBytes(text));

    // The length marks the end of a value.
    private static uint Add(uint sum, ReadOnlySpan<byte> bytes) => Crc32C.Of(bytes, Add(sum, bytes.Length));
}
