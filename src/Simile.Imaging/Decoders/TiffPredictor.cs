using System.Buffers.Binary;

namespace Simile.Imaging.Decoders;

/// <summary>Undoes what was done to rows before they were compressed (TIFF 6.0, section 14, and Adobe's technical note 3).</summary>
internal static class TiffPredictor
{
    public static void Undo(Span<byte> rows, TiffLayout layout, bool isLittle)
    {
        var stride = (int)layout.BlockStride;
        for (var at = 0; at + stride <= rows.Length; at += stride)
        {
            var row = rows.Slice(at, stride);
            if (layout.Predictor == 3)
            {
                AddBytes(row, layout.BlockSamples);
                JoinFloats(row, layout.SampleBytes, isLittle);
                continue;
            }

            switch (layout.Bits)
            {
                case 8:
                    AddBytes(row, layout.BlockSamples);
                    break;
                case 16:
                    AddShorts(row, layout.BlockSamples, isLittle);
                    break;
                default:
                    AddIntegers(row, layout.BlockSamples, isLittle);
                    break;
            }
        }
    }

    // Each sample is stored as its difference from the one of the pixel before.
    private static void AddBytes(Span<byte> row, int samples)
    {
        for (var i = samples; i < row.Length; i++)
        {
            row[i] += row[i - samples];
        }
    }

    private static void AddShorts(Span<byte> row, int samples, bool isLittle)
    {
        for (var i = samples * 2; i + 2 <= row.Length; i += 2)
        {
            var value = row.Slice(i, 2);
            var before = row.Slice(i - (samples * 2), 2);
            if (isLittle)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(
                    value, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(value) + BinaryPrimitives.ReadUInt16LittleEndian(before)));
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(
                    value, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value) + BinaryPrimitives.ReadUInt16BigEndian(before)));
            }
        }
    }

    private static void AddIntegers(Span<byte> row, int samples, bool isLittle)
    {
        for (var i = samples * 4; i + 4 <= row.Length; i += 4)
        {
            var value = row.Slice(i, 4);
            var before = row.Slice(i - (samples * 4), 4);
            if (isLittle)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(
                    value, BinaryPrimitives.ReadUInt32LittleEndian(value) + BinaryPrimitives.ReadUInt32LittleEndian(before));
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(
                    value, BinaryPrimitives.ReadUInt32BigEndian(value) + BinaryPrimitives.ReadUInt32BigEndian(before));
            }
        }
    }

    // The most significant bytes of all floats stand first, then the next ones.
    private static void JoinFloats(Span<byte> row, int size, bool isLittle)
    {
        var planes = row.ToArray();
        var count = row.Length / size;
        for (var i = 0; i < count; i++)
        {
            for (var b = 0; b < size; b++)
            {
                row[(i * size) + (isLittle ? size - 1 - b : b)] = planes[(b * count) + i];
            }
        }
    }
}
