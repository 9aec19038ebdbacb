using System.Buffers.Binary;

namespace Simile.Imaging.Decoders;

/// <summary>A byte of a sample of any size.</summary>
/// <remarks>
/// Of unsigned 16 bits the high byte, as Pillow has it of colors. Of grays Pillow's convert clips them to 255, which turns nearly every
/// picture white, so here they keep their high byte too. Of signed, 32-bit and float grays the value itself, cut off to an integer from 0
/// to 255, as Pillow's convert does: floats from 0 to 1 become black there and here.
/// </remarks>
internal static class TiffSample
{
    public static byte ToByte(ReadOnlySpan<byte> sample, TiffLayout layout, bool isLittle) => (layout.Bits, layout.Format) switch
    {
        (8, _) => sample[0],
        (16, 1) => sample[isLittle ? 1 : 0],
        (16, _) => Clip(isLittle ? BinaryPrimitives.ReadInt16LittleEndian(sample) : BinaryPrimitives.ReadInt16BigEndian(sample)),
        (32, 3) => Clip(isLittle ? BinaryPrimitives.ReadSingleLittleEndian(sample) : BinaryPrimitives.ReadSingleBigEndian(sample)),
        (32, _) => Clip(isLittle ? BinaryPrimitives.ReadInt32LittleEndian(sample) : BinaryPrimitives.ReadInt32BigEndian(sample)),
        _ => Clip(isLittle ? BinaryPrimitives.ReadDoubleLittleEndian(sample) : BinaryPrimitives.ReadDoubleBigEndian(sample)),
    };

    // No number is 0.
    private static byte Clip(double value) => value >= 255 ? (byte)255 : value > 0 ? (byte)value : (byte)0;
}
