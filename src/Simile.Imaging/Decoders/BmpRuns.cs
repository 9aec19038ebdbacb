namespace Simile.Imaging.Decoders;

/// <summary>The run-length coding of BMP files with indices of 8 or 4 bits. Pixels without a run are 0.</summary>
internal static class BmpRuns
{
    private const int EndOfRow = 0;
    private const int EndOfPicture = 1;
    private const int Move = 2;

    /// <summary>Decodes indices row by row in file order until the data end.</summary>
    public static void Read(ReadOnlySpan<byte> data, int width, bool isNibbles, Span<byte> indices)
    {
        var (row, x, at) = (0L, 0, 0);
        while (at + 1 < data.Length && row * width < indices.Length)
        {
            var (count, value) = (data[at], data[at + 1]);
            at += 2;
            var line = indices.Slice((int)(row * width), width);
            if (count > 0)
            {
                for (var i = 0; i < count && x < width; i++)
                {
                    line[x++] = isNibbles ? (byte)(i % 2 == 0 ? value >> 4 : value & 15) : value;
                }
            }
            else if (value == EndOfRow)
            {
                (row, x) = (row + 1, 0);
            }
            else if (value == EndOfPicture)
            {
                return;
            }
            else if (value == Move)
            {
                if (at + 2 > data.Length)
                {
                    return;
                }

                (x, row, at) = (Math.Min(x + data[at], width), row + data[at + 1], at + 2);
            }
            else
            {
                var bytes = isNibbles ? (value + 1) / 2 : value;
                for (var i = 0; i < value && at + (isNibbles ? i / 2 : i) < data.Length && x < width; i++)
                {
                    line[x++] = !isNibbles ? data[at + i] : (byte)(i % 2 == 0 ? data[at + (i / 2)] >> 4 : data[at + (i / 2)] & 15);
                }

                at += bytes + (bytes % 2);
            }
        }
    }
}
