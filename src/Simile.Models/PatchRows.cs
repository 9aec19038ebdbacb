namespace Simile.Models;

/// <summary>A picture as rows of patches, the input of SigLIP 2's NaFlex.</summary>
internal static class PatchRows
{
    /// <summary>
    /// Converts color planes, [3, height, width], to patches row by row, [patches, rows · columns · 3], with interleaved colors.
    /// </summary>
    public static float[] Flatten(ReadOnlySpan<float> planes, int width, int height, int patch)
    {
        var (values, plane, at) = (new float[planes.Length], width * height, 0);
        for (var top = 0; top < height; top += patch)
        {
            for (var left = 0; left < width; left += patch)
            {
                for (var y = top; y < top + patch; y++)
                {
                    for (var place = (y * width) + left; place < (y * width) + left + patch; place++)
                    {
                        values[at++] = planes[place];
                        values[at++] = planes[plane + place];
                        values[at++] = planes[(2 * plane) + place];
                    }
                }
            }
        }

        return values;
    }
}
