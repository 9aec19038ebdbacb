using System.IO.Compression;

namespace Simile.Imaging.Decoders;

/// <content>From blocks to a byte a sample, row by row.</content>
internal ref partial struct TiffDecoder
{
    // LZW has codes of 12 bits for strings of up to 4096 bytes; deflate and PackBits make less of their data.
    private const long MostExpansion = 2731;

    /// <summary>All samples as bytes, those of a pixel side by side; of fewer than 8 bits as they are packed.</summary>
    private readonly byte[] ReadBlocks(TiffLayout layout, bool areTiles)
    {
        var (offsets, lengths) = areTiles ? (All(324), All(325)) : (All(273), All(279));
        var stride = ((long)layout.Width * layout.Samples * Math.Min(layout.Bits, 8) + 7) / 8;
        var samples = new byte[stride * layout.Height];
        var block = 0;
        for (var plane = 0; plane < layout.Samples / layout.BlockSamples; plane++)
        {
            for (var y = 0L; y < layout.Height; y += layout.BlockHeight)
            {
                for (var x = 0L; x < layout.Width; x += layout.BlockWidth)
                {
                    var rows = (int)Math.Min(layout.BlockHeight, layout.Height - y);
                    var raw = ReadBlock(layout, rows, Data(block++, offsets, lengths));
                    Place(raw, layout, samples.AsSpan((int)(y * stride)), (int)stride, (int)x, plane);
                }
            }
        }

        return samples;
    }

    private readonly ReadOnlySpan<byte> Data(int block, List<long> offsets, List<long> lengths)
    {
        var length = Length(block, offsets, lengths);
        return length >= 0 && length <= _file.Length - offsets[block]
            ? _file.Slice((int)offsets[block], (int)length)
            : throw Damaged("it is cut off");
    }

    // Some writers leave the lengths out: then a block goes to the next one, and the last to the end of the file.
    private readonly long Length(int block, List<long> offsets, List<long> lengths) =>
        block >= offsets.Count || offsets[block] > _file.Length ? -1
        : block < lengths.Count ? lengths[block]
        : lengths.Count > 0 ? -1
        : (block + 1 < offsets.Count ? offsets[block + 1] : _file.Length) - offsets[block];

    private readonly byte[] ReadBlock(TiffLayout layout, int rows, ReadOnlySpan<byte> data)
    {
        var size = layout.BlockStride * rows;
        if (size > Array.MaxLength || size > (layout.Compression == TiffLayout.Plain ? data.Length : data.Length * MostExpansion))
        {
            throw Damaged("the data of a strip or tile end before the picture does");
        }

        var raw = new byte[size];
        if (!Unpack(data, layout.Compression, raw))
        {
            throw Damaged("the data of a strip or tile end before the picture does");
        }

        // As in libtiff, plain data and PackBits have no predictor.
        if (layout.Predictor > 1 && layout.Compression is not (TiffLayout.Plain or TiffLayout.PackBits))
        {
            TiffPredictor.Undo(raw, layout, _isLittle);
        }

        return raw;
    }

    // What a tile has beyond the picture is left out.
    private readonly void Place(ReadOnlySpan<byte> raw, TiffLayout layout, Span<byte> target, int stride, int x, int plane)
    {
        var blockStride = (int)layout.BlockStride;
        for (var row = 0; row * blockStride < raw.Length; row++)
        {
            var from = raw.Slice(row * blockStride, blockStride);
            var to = target.Slice(row * stride, stride);
            if (layout.Bits <= 8 && !layout.IsPlanar)
            {
                var start = x * layout.Samples * layout.Bits / 8;
                from[..Math.Min(blockStride, stride - start)].CopyTo(to[start..]);
                continue;
            }

            var count = (int)Math.Min(layout.BlockWidth, layout.Width - x) * layout.BlockSamples;
            var step = layout.IsPlanar ? layout.Samples : 1;
            for (var i = 0; i < count; i++)
            {
                to[(x * layout.Samples) + plane + (i * step)] = TiffSample.ToByte(
                    from.Slice(i * layout.SampleBytes, layout.SampleBytes), layout, _isLittle);
            }
        }
    }

    private static bool Unpack(ReadOnlySpan<byte> data, int compression, Span<byte> target) => compression switch
    {
        TiffLayout.Plain => data.Length >= target.Length && data[..target.Length].TryCopyTo(target),
        TiffLayout.Lzw => TiffCodes.ReadLzw(data, target),
        TiffLayout.PackBits => TiffCodes.ReadPackBits(data, target),
        _ => Inflate(data, target),
    };

    private static bool Inflate(ReadOnlySpan<byte> data, Span<byte> target)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
