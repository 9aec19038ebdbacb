namespace Simile.Imaging.Decoders;

/// <summary>The compressions that TIFF has to itself.</summary>
internal static class TiffCodes
{
    private const int LongestCode = 12;

    /// <summary>
    /// LZW, most significant bit first, from 9 to 12 bits, which grow one code early; false where the data end before the target is full.
    /// </summary>
    public static bool ReadLzw(ReadOnlySpan<byte> data, Span<byte> target)
    {
        var table = new LzwTable(8, LongestCode);
        var (width, bits, have, written) = (9, 0, 0, 0);
        foreach (var next in data)
        {
            bits = (bits << 8) | next;
            have += 8;
            while (have >= width)
            {
                have -= width;
                var code = bits >> have;
                bits &= (1 << have) - 1;
                if (!table.Take(code, target, ref written))
                {
                    return written == target.Length;
                }

                width = table.IsFresh ? 9 : Math.Min(table.Count + 1 >= 1 << width ? width + 1 : width, LongestCode);
            }
        }

        return written == target.Length;
    }

    /// <summary>PackBits: a count and that many bytes, or a negative count and a byte to repeat.</summary>
    public static bool ReadPackBits(ReadOnlySpan<byte> data, Span<byte> target)
    {
        while (target.Length > 0 && data.Length > 1)
        {
            var count = (sbyte)data[0];
            data = data[1..];
            if (count == sbyte.MinValue)
            {
                continue;
            }

            var length = Math.Min(Math.Abs((int)count) + 1, target.Length);
            if (count < 0)
            {
                target[..length].Fill(data[0]);
                data = data[1..];
            }
            else
            {
                length = Math.Min(length, data.Length);
                data[..length].CopyTo(target);
                data = data[length..];
            }

            target = target[length..];
        }

        return target.IsEmpty;
    }
}
