namespace Simile.Imaging;

/// <summary>Sizes for pictures of any aspect ratio as patches: SigLIP 2's NaFlex (Tschannen et al. 2025), as in transformers.</summary>
internal static class PatchSizes
{
    private const double Exactness = 1e-5;

    /// <summary>The size to resize to: whole patches on both sides, as many as allowed.</summary>
    /// <remarks>
    /// The scale is found by bisection as in the reference, not in closed form: where the bisection stops can decide between two sizes.
    /// </remarks>
    public static (int Width, int Height) Fit(int width, int height, int patch, int most)
    {
        var (least, greatest) = (Exactness / 10, 100.0);
        while (greatest - least >= Exactness)
        {
            var scale = (least + greatest) / 2;
            if (Count(width, scale, patch) * Count(height, scale, patch) <= most)
            {
                least = scale;
            }
            else
            {
                greatest = scale;
            }
        }

        return ((int)Count(width, least, patch) * patch, (int)Count(height, least, patch) * patch);
    }

    private static long Count(int size, double scale, int patch) => Math.Max(1, (long)Math.Ceiling(size * scale / patch));
}
