using System.Numerics;

namespace Simile.Imaging.Features;

/// <summary>
/// A 64-bit hash, of which few bits change when a picture is resized, re-encoded or retouched. Compare hashes by <see cref="Hamming"/>.
/// </summary>
/// <remarks>
/// The definitions of Python's <c>imagehash</c>: <c>average_hash</c>, <c>dhash</c> and <c>phash</c> of 8 × 8 bits, resized by Lanczos. In
/// the vector each bit is 1 or −1, so the cosine is 1 − differing bits / 32.
/// </remarks>
public sealed record PerceptualHash : PictureFeature
{
    private const int Side = 8;
    private const int DctSide = 32;

    /// <summary>What each bit means. Low frequencies by default.</summary>
    public PerceptualHashKind Kind { get; init; } = PerceptualHashKind.Dct;

    /// <inheritdoc/>
    public override string Name => $"phash({Kind.ToString().ToLowerInvariant()})";

    /// <inheritdoc/>
    public override int Dimensions => Side * Side;

    /// <inheritdoc/>
    public override float[] Compute(Picture picture)
    {
        var hash = Hash(picture);
        return [.. Enumerable.Range(0, Dimensions).Select(bit => (hash >> (Dimensions - 1 - bit) & 1) == 1 ? 1f : -1f)];
    }

    /// <summary>The hash. The first bit of the first row is the most significant bit.</summary>
    public ulong Hash(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Kind switch
        {
            PerceptualHashKind.Average => Average(Levels(picture, Side, Side)),
            PerceptualHashKind.Difference => Difference(Levels(picture, Side + 1, Side)),
            _ => Low(Levels(picture, DctSide, DctSide)),
        };
    }

    /// <summary>How many bits of two hashes differ: 0 to 64.</summary>
    public static int Hamming(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    /// <inheritdoc/>
    public override void Validate()
    {
    }

    private static double[] Levels(Picture picture, int width, int height) =>
        Array.ConvertAll(
            picture.ToGray().Resize(width, height, new ResizeOptions { Filter = ResizeFilter.Lanczos }).Pixels.ToArray(),
            level => (double)level);

    private static ulong Average(double[] levels)
    {
        var mean = levels.Average();
        return Bits(i => levels[i] > mean);
    }

    private static ulong Difference(double[] levels) =>
        Bits(i => levels[(i / Side * (Side + 1)) + (i % Side) + 1] > levels[(i / Side * (Side + 1)) + (i % Side)]);

    private static ulong Low(double[] levels)
    {
        var low = new double[Side * Side];
        for (var v = 0; v < Side; v++)
        {
            for (var u = 0; u < Side; u++)
            {
                for (var i = 0; i < levels.Length; i++)
                {
                    low[(v * Side) + u] += levels[i] * Cosine(v, i / DctSide) * Cosine(u, i % DctSide);
                }
            }
        }

        double[] sorted = [.. low.Order()];
        var median = (sorted[(low.Length / 2) - 1] + sorted[low.Length / 2]) / 2;
        return Bits(i => low[i] > median);
    }

    private static double Cosine(int frequency, int place) => Math.Cos(Math.PI * frequency * ((2 * place) + 1) / (2 * DctSide));

    private static ulong Bits(Func<int, bool> isSet)
    {
        var bits = 0UL;
        for (var i = 0; i < Side * Side; i++)
        {
            bits = (bits << 1) | (isSet(i) ? 1UL : 0);
        }

        return bits;
    }
}
