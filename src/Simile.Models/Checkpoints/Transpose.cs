namespace Simile.Models.Checkpoints;

/// <summary>Transposes a matrix.</summary>
internal static class Transpose
{
    /// <summary>Writes element (i, j) of <paramref name="source"/> [rows, columns] to <c>target[j * stride + i]</c>.</summary>
    /// <remarks>Works on tiles of 16 × 16, so that both sides use whole cache lines.</remarks>
    public static void Copy<T>(ReadOnlySpan<T> source, int rows, int columns, Span<T> target, int stride)
    {
        const int Tile = 16;
        for (var top = 0; top < rows; top += Tile)
        {
            var bottom = Math.Min(top + Tile, rows);
            for (var left = 0; left < columns; left += Tile)
            {
                var right = Math.Min(left + Tile, columns);
                for (var j = left; j < right; j++)
                {
                    for (var i = top; i < bottom; i++)
                    {
                        target[(j * stride) + i] = source[(i * columns) + j];
                    }
                }
            }
        }
    }
}
