using System.Buffers.Binary;

namespace Simile.Imaging.Decoders;

/// <summary>Reads EXIF blocks. They have the structure of a TIFF file without picture data.</summary>
internal static class Exif
{
    private const int OrientationTag = 0x112;
    private const int Short = 3;
    private const int Long = 4;

    /// <summary>The value of tag 0x112 (orientation) in the first directory; null if it is missing.</summary>
    public static int? Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return null;
        }

        var isLittle = tiff[0] == 'I';
        var directory = U32(tiff[4..], isLittle);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        var count = U16(tiff[(int)directory..], isLittle);
        for (var i = 0; i < count; i++)
        {
            var at = directory + 2 + (12L * i);
            if (at + 12 > tiff.Length)
            {
                return null;
            }

            var entry = tiff.Slice((int)at, 12);
            if (U16(entry, isLittle) == OrientationTag)
            {
                return U16(entry[2..], isLittle) switch
                {
                    Short => U16(entry[8..], isLittle),
                    Long => (int)Math.Min(U32(entry[8..], isLittle), 9),
                    _ => null,
                };
            }
        }

        return null;
    }

    private static int U16(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
