namespace Simile.Index.Codes;

/// <summary>The number of coordinates in a code and their widths.</summary>
/// <param name="Lines">Number of cache lines of 64 bytes.</param>
/// <param name="Wide">Number of leading 8-bit coordinates.</param>
/// <param name="Narrow">Number of 4-bit coordinates after them.</param>
internal readonly record struct CodeLayout(int Lines, int Wide, int Narrow)
{
    /// <summary>The range of a 4-bit coordinate in standard deviations: the best uniform quantizer of a normal variable.</summary>
    public const float NarrowRange = 2.9f;

    /// <summary>The range of an 8-bit coordinate.</summary>
    public const float WideRange = 4.5f;

    /// <summary>Cache lines of the longest code.</summary>
    public const int MostLines = 4;

    /// <summary>Bytes of the longest code.</summary>
    public const int MostBytes = 64 * MostLines;

    /// <summary>Bytes per code.</summary>
    public int Bytes => 64 * Lines;

    /// <summary>Number of coded coordinates.</summary>
    public int Coordinates => Wide + Narrow;

    /// <summary>Half of the nibbles: those in the low halves of the bytes. The last four bytes hold a float.</summary>
    public int Half => Bytes - sizeof(float);

    /// <summary>Maximum number of coordinates in any layout.</summary>
    public static int MostCoordinates => Room(MostLines);

    /// <summary>Maximum number of coordinates in a layout with this many lines.</summary>
    public static int Room(int lines) => 2 * ((64 * lines) - sizeof(float));

    /// <summary>The best layout with this many lines, and whether its loss is small enough.</summary>
    /// <param name="lines">Cache lines.</param>
    /// <param name="variance">The variance along each axis, and one more entry for the variance outside the axes.</param>
    /// <param name="codes">Whether the widths may be chosen freely.</param>
    public static (CodeLayout Layout, bool Fine) Choose(int lines, ReadOnlySpan<float> variance, HnswCodes codes)
    {
        var (axes, room) = (variance.Length - 1, Room(lines));
        var layout = codes switch
        {
            HnswCodes.EightBit => new CodeLayout(lines, Math.Min(axes, room / 2), 0),
            HnswCodes.FourBit => new CodeLayout(lines, 0, Math.Min(axes, room)),
            _ => Best(lines, variance),
        };
        var (kept, all) = (0.0, 0.0);
        for (var j = 0; j < variance.Length; j++)
        {
            kept += j < layout.Coordinates ? variance[j] : 0;
            all += variance[j];
        }

        return (layout, lines >= MostLines || all - kept <= MostLost(lines) * all);
    }

    // The share of the variance that may be lost before codes of twice the length pay off, measured on pictures and texts (bench/Recall).
    private static double MostLost(int lines) => lines == 1 ? 0.07 : 0.25;

    // Tries every number of 8-bit coordinates. Each takes the space of two 4-bit coordinates.
    private static CodeLayout Best(int lines, ReadOnlySpan<float> variance)
    {
        var axes = variance.Length - 1;
        var (best, least) = (default(CodeLayout), double.PositiveInfinity);
        var room = Room(lines);
        for (var wide = 0; wide <= Math.Min(axes, room / 2); wide++)
        {
            var layout = new CodeLayout(lines, wide, Math.Min(axes - wide, room - (2 * wide)));
            var noise = layout.Noise(variance);
            (best, least) = noise < least ? (layout, noise) : (best, least);
        }

        return best;
    }

    // Variance of a score's error: along each axis, the query's variance times that of the code's error. The variance outside the axes is
    // bounded by the last axis.
    private double Noise(ReadOnlySpan<float> variance)
    {
        var noise = (double)variance[^1] * variance[^2];
        for (var j = 0; j < variance.Length - 1; j++)
        {
            var share = j < Wide ? Noise(2 * WideRange / 255) : j < Coordinates ? Noise(2 * NarrowRange / 15) : 1;
            noise += share * variance[j] * variance[j];
        }

        return noise;
    }

    // The error of a uniform quantizer as a share of the variance, for a step in standard deviations.
    private static double Noise(float step) => step * step / 12;
}
