namespace Simile.Imaging.Decoders;

/// <summary>The LZW codes of GIF: least significant bit first, with a width that grows from codeSize + 1 to 12 bits.</summary>
internal static class GifCodes
{
    private const int LongestCode = 12;

    /// <summary>
    /// The largest number of indices that data of this length can hold: a code has at least two bits and stands for at most as many indices
    /// as the table has entries.
    /// </summary>
    public static long MostIndices(int byteCount) => 4L * byteCount << LongestCode;

    /// <summary>Decodes indices into <paramref name="target"/>. False if the data end early or are invalid.</summary>
    public static bool Read(ReadOnlySpan<byte> data, int codeSize, Span<byte> target)
    {
        if (codeSize is < 1 or > 8)
        {
            return false;
        }

        var table = new LzwTable(codeSize, LongestCode);
        var (width, bits, have, written) = (codeSize + 1, 0, 0, 0);
        foreach (var next in data)
        {
            bits |= next << have;
            have += 8;
            while (have >= width)
            {
                var code = bits & ((1 << width) - 1);
                bits >>= width;
                have -= width;
                if (!table.Take(code, target, ref written))
                {
                    return written == target.Length;
                }

                width = Math.Min(table.Count >= 1 << width ? width + 1 : table.IsFresh ? codeSize + 1 : width, LongestCode);
            }
        }

        return written == target.Length;
    }
}
