using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>The header of a page of an Ogg file (RFC 3533).</summary>
/// <param name="HeaderBytes">Bytes before the packets.</param>
/// <param name="Bytes">Bytes of the page.</param>
/// <param name="Serial">The number of the stream that it belongs to.</param>
/// <param name="Granule">What the stream counts, usually samples, up to the last packet that ends here; −1 where none does.</param>
/// <param name="Flags">1: the first packet goes on from the page before; 2: the first page of a stream; 4: the last one.</param>
internal readonly record struct OggPage(int HeaderBytes, int Bytes, uint Serial, long Granule, int Flags)
{
    /// <summary>Bytes of the largest page.</summary>
    public const int MostBytes = FixedBytes + 255 + (255 * 255);

    /// <summary>Bytes of a header before the sizes of its segments.</summary>
    public const int FixedBytes = 27;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Whether the first packet continues one from the previous page.</summary>
    public bool IsContinued => (Flags & 1) != 0;

    /// <summary>Whether a stream begins.</summary>
    public bool IsFirst => (Flags & 2) != 0;

    /// <summary>Whether a stream ends.</summary>
    public bool IsLast => (Flags & 4) != 0;

    /// <summary>Reads a header; null where there is none, or the bytes end before the page.</summary>
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
            : new OggPage(header, header + content, BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[6..]), bytes[5]);
    }

    /// <summary>Whether the checksum of a whole page is right.</summary>
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
