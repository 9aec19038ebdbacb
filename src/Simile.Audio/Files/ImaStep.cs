namespace Simile.Audio.Files;

/// <summary>One step of IMA ADPCM: four bits encode the difference to the previous sample; the step size adapts.</summary>
/// <remarks>
/// IMA Digital Audio Focus and Technical Working Groups, "Recommended Practices for Enhancing Digital Audio Compatibility in Multimedia
/// Systems" (1992).
/// </remarks>
internal static class ImaStep
{
    private static readonly int[] Changes = [-1, -1, -1, -1, 2, 4, 6, 8];
    private static readonly int[] Sizes =
    [
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66,
        73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371,
        408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878,
        2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132,
        7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
    ];

    /// <summary>A step index from a file, clamped to the table.</summary>
    public static int Limit(int step) => Math.Clamp(step, 0, Sizes.Length - 1);

    /// <summary>Decodes the next sample and step.</summary>
    public static (int Sample, int Step) Next(int sample, int step, int code)
    {
        var size = Sizes[step];
        var change = (size >> 3) + ((code & 1) * (size >> 2)) + ((code >> 1 & 1) * (size >> 1)) + ((code >> 2 & 1) * size);
        return (Math.Clamp(code < 8 ? sample + change : sample - change, short.MinValue, short.MaxValue), Limit(step + Changes[code & 7]));
    }
}
