using System.Runtime.InteropServices;

namespace Simile.Models.BuiltIn;

internal sealed partial class PackedTable
{
    /// <summary>Encodes the section text/table from a table of symbols 0 to 63.</summary>
    /// <param name="table">rows × dimensions symbols, row-major.</param>
    /// <param name="dimensions">Symbols per row.</param>
    /// <param name="scale">The step of the symbols in each class of rows.</param>
    /// <param name="offset">The value of symbol 0 in each class.</param>
    /// <exception cref="InvalidDataException">A symbol exceeds 63.</exception>
    public static byte[] Write(ReadOnlySpan<byte> table, int dimensions, ReadOnlySpan<float> scale, ReadOnlySpan<float> offset)
    {
        if (table.ContainsAnyExceptInRange((byte)0, (byte)(PrefixCode.Symbols - 1)))
        {
            throw new InvalidDataException(
                $"The token table holds a number above {PrefixCode.Symbols - 1}: only tables of 6 bits can be packed.");
        }

        var codes = new RowCodes(table, dimensions);
        var (starts, stream) = EncodeRows(table, dimensions, codes);
        var section = new MemoryStream();
        section.Write(MemoryMarshal.AsBytes<int>([codes.Codes.Length, dimensions, scale.Length, codes.Lengths.Length]));
        section.Write(MemoryMarshal.AsBytes(scale));
        section.Write(MemoryMarshal.AsBytes(offset));
        Array.ForEach(codes.Lengths, lengths => section.Write(lengths));
        section.Write(MemoryMarshal.AsBytes<uint>([.. starts.Where((_, row) => row % BlockRows == 0)]));
        section.Write(
            MemoryMarshal.AsBytes<ushort>([.. starts.Select((start, row) => checked((ushort)(start - starts[row - (row % BlockRows)])))]));
        section.Write(codes.Codes);
        stream.WriteTo(section);
        section.Write(new byte[Padding(dimensions)]);
        return section.ToArray();
    }

    private static (uint[] Starts, MemoryStream Stream) EncodeRows(ReadOnlySpan<byte> table, int dimensions, RowCodes codes)
    {
        var words = codes.Lengths.Select(lengths => PrefixCode.Words(lengths)).ToArray();
        var starts = new uint[codes.Codes.Length];
        var stream = new MemoryStream();
        for (var row = 0; row < starts.Length; row++)
        {
            starts[row] = (uint)stream.Length;
            var code = codes.Codes[row];
            EncodeRow(table.Slice(row * dimensions, dimensions), words[code], codes.Lengths[code], stream);
        }

        return (starts, stream);
    }

    private static void EncodeRow(ReadOnlySpan<byte> row, ushort[] words, byte[] lengths, MemoryStream stream)
    {
        var (pending, count) = (0UL, 0);
        foreach (var symbol in row)
        {
            pending |= (ulong)words[symbol] << count;
            count += lengths[symbol];
            for (; count >= 8; count -= 8, pending >>= 8)
            {
                stream.WriteByte((byte)pending);
            }
        }

        if (count > 0)
        {
            stream.WriteByte((byte)pending);
        }
    }
}
