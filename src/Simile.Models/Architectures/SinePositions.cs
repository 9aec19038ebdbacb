namespace Simile.Models.Architectures;

/// <summary>
/// The fixed positions of Vaswani et al. 2017 as Marian has them: all sines in the first half of a row, all cosines in the second.
/// </summary>
internal static class SinePositions
{
    private const double LongestWave = 10000;

    /// <summary>The vectors of the places 0, 1, 2 …: [places, width].</summary>
    public static float[] Table(int places, int width)
    {
        var table = new float[places * width];
        var half = (width + 1) / 2;
        for (var i = 0; i < table.Length; i++)
        {
            var (place, column) = (i / width, i % width);
            var pair = column < half ? column : column - half;
            var angle = place / Math.Pow(LongestWave, 2d * pair / width);
            table[i] = (float)(column < half ? Math.Sin(angle) : Math.Cos(angle));
        }

        return table;
    }
}
