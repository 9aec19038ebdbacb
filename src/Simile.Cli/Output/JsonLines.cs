using System.Buffers;
using System.Text.Json;

namespace Simile.Cli;

/// <summary>Writes one JSON object per line in UTF-8, with letters of all scripts unescaped.</summary>
internal sealed class JsonLines(Stream output)
{
    private const int RowsPerSlice = 64;
    private static readonly JsonWriterOptions Options = new() { Encoder = new ReadableJson(), SkipValidation = true };
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Writes one object. <paramref name="properties"/> writes its properties.</summary>
    public void Write(Action<Utf8JsonWriter> properties)
    {
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line, Options))
        {
            Append(writer, _line, properties);
        }

        output.Write(_line.WrittenSpan);
    }

    /// <summary>Writes <paramref name="count"/> objects in order. They are formatted on all cores.</summary>
    public void Write(int count, Action<Utf8JsonWriter, int> properties)
    {
        var slices = new ArrayBufferWriter<byte>[(count + RowsPerSlice - 1) / RowsPerSlice];
        if (slices.Length > 1)
        {
            Parallel.For(0, slices.Length, slice => slices[slice] = Slice(slice, count, properties));
        }
        else if (count > 0)
        {
            slices[0] = Slice(0, count, properties);
        }

        foreach (var slice in slices)
        {
            output.Write(slice.WrittenSpan);
        }
    }

    private static ArrayBufferWriter<byte> Slice(int slice, int count, Action<Utf8JsonWriter, int> properties)
    {
        var lines = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(lines, Options);
        var end = Math.Min(count, (slice + 1) * RowsPerSlice);
        for (var row = slice * RowsPerSlice; row < end; row++)
        {
            Append(writer, lines, w => properties(w, row));
        }

        return lines;
    }

    private static void Append(Utf8JsonWriter writer, ArrayBufferWriter<byte> lines, Action<Utf8JsonWriter> properties)
    {
        writer.WriteStartObject();
        properties(writer);
        writer.WriteEndObject();
        writer.Flush();
        lines.Write("\n"u8);
        writer.Reset();
    }
}
