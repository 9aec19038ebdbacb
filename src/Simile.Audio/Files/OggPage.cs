using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>The header of a page of an Ogg file (RFC 3533).</summary>
/// <param name="HeaderBytes">Bytes of the header.</param>
/// <param name="Bytes">Total bytes of the page.</param>
/// <param name="Serial">The serial number of its stream.</param>
/// <param name="Granule">The position, usually in samples, after the last packet that ends on this page; −1 if none ends.</param>
/// <param name="Flags">1: the first packet continues from the previous page. 2: first page of a stream. 4: last page.</param>
internal readonly record struct OggPage(int HeaderBytes, int Bytes, uint Serial, long Granule, int Flags)
{
    /// <summary>The largest size of a page in bytes.</summary>
    public const int MostBytes = FixedBytes + 255 + (255 * 255);

    /// <summary>Bytes of a header before the segment sizes.</summary>
    public const int FixedBytes = 27;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Whether the first packet continues one from the previous page.</summary>
    public bool IsContinued => (Flags & 1) != 0;

    /// <summary>Whether a stream begins.</summary>
    public bool IsFirst => (Flags & 2) != 0;

    /// <summary>Whether a stream ends.</summary>
    public bool IsLast => (Flags & 4) != 0;

    /// <summary>Reads a header. Null if there is none, or if the bytes end before the page does.</summary>
    public static OggPage? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || !bytes.StartsWith("OggS"u8) || bytes[4] != 0 || bytes.Length < FixedBytes + bytes[26])
        {
            return null;
        }

        var (header, content) = (FixedBytes + bytes[26], 0);
        foreach (var size in bytes[FixedBytes..header])
        {
            content += size;
        }

        return bytes.Length < header + content ? null
            : new OggPage(
                header,
                header + content,
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[6..]),
                bytes[5]);
    }

    /// <summary>Whether the checksum of a whole page is correct.</summary>
    public static bool IsSound(ReadOnlySpan<byte> page)
    {
        var checksum = 0u;
        for (var i = 0; i < page.Length; i++)
        {
            var next = i is >= 22 and < 26 ? 0u : page[i]; // where the checksum itself stands
            checksum = (checksum << 8) ^ Table[(checksum >> 24) ^ next];
        }

        return checksum == BinaryPrimitives.ReadUInt32LittleEndian(page[22..]);
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value << 1) ^ ((value >> 31) * 0x04C11DB7);
            }

            table[i] = value;
        }

        return table;
    }
}
