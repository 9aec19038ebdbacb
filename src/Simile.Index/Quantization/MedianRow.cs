using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>The middle of vectors, which the few that lie far off do not move.</summary>
internal static class MedianRow
{
    // More rows move a median little.
    private const int MostRows = 255;

    /// <summary>The median of each component, of rows spread evenly.</summary>
    public static float[] Of(VectorMatrix rows)
    {
        var (middle, column) = (new float[rows.Dimensions], new float[Math.Min(MostRows, rows.Count)]);
        for (var j = 0; j < middle.Length; j++)
        {
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = rows[(int)((long)i * rows.Count / column.Length)][j];
            }

            Array.Sort(column);
            middle[j] = column.Length == 0 ? 0 : column[column.Length / 2];
        }

        return middle;
    }
}
