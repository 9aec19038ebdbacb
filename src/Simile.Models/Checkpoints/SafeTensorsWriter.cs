using System.Buffers.Binary;
using System.Text.Json;

namespace Simile.Models.Checkpoints;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The number type.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Bytes">Returns the bytes when the tensor is written.</param>
internal sealed record TensorPart(string Name, DType Type, long[] Shape, Func<ReadOnlyMemory<byte>> Bytes)
{
    /// <summary>The length in bytes.</summary>
    public long Length => TensorShape.Bytes(Shape, Type)!.Value;
}

/// <summary>Writes the safetensors format, tensor by tensor.</summary>
internal static class SafeTensorsWriter
{
    /// <summary>Writes a file atomically.</summary>
    /// <param name="path">The file. An existing one is replaced.</param>
    /// <param name="parts">The tensors.</param>
    /// <param name="written">Called with the number of written tensors, before each and at the end. May throw to stop.</param>
    public static void Write(string path, IReadOnlyList<TensorPart> parts, Action<int>? written = null)
    {
        WholeFile.Write(path, stream =>
        {
            WriteHeader(stream, parts);
            for (var i = 0; i < parts.Count; i++)
            {
                written?.Invoke(i);
                stream.Write(parts[i].Bytes().Span);
            }

            written?.Invoke(parts.Count);
        });
    }

    private static void WriteHeader(Stream stream, IReadOnlyList<TensorPart> parts)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            var offset = 0L;
            foreach (var part in parts)
            {
                WritePart(json, part, offset);
                offset += part.Length;
            }

            json.WriteEndObject();
        }

        // The data start at a multiple of eight.
        header.Write("        "u8[..(int)((8 - (header.Length % 8)) % 8)]);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
    }

    private static void WritePart(Utf8JsonWriter json, TensorPart part, long offset)
    {
        json.WriteStartObject(part.Name);
        json.WriteString("dtype", part.Type.SafeTensorsName());
        json.WriteStartArray("shape");
        foreach (var size in part.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + part.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
