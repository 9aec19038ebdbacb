using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Simile.Tables;

/// <summary>The header of a NumPy file of format version 1.0: the magic, then text that is padded to 128 bytes.</summary>
public static class NpyHeader
{
    private const int Size = 128;

    /// <summary>The header of an array [<paramref name="rows"/>, <paramref name="columns"/>], row-major: 128 bytes.</summary>
    /// <param name="type">The type of each number, such as &lt;f4 for a little-endian float32.</param>
    /// <param name="rows">Rows of the array.</param>
    /// <param name="columns">Columns of the array.</param>
    public static byte[] Of(string type, long rows, long columns)
    {
        var shape = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        var header = new byte[Size];
        header.AsSpan().Fill((byte)' ');
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), Size - 10);
        Encoding.ASCII.GetBytes(shape, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }
}
