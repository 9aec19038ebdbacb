using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Codes;

/// <summary>Removes outliers from a sample. A single one would shift the mean, take an axis and widen every range.</summary>
internal static class UsualRows
{
    // The distance from the mean, as a multiple of the median distance, from which a vector is an outlier. Clean data sets have none.
    private const float Far = 4;

    private const int Rounds = 8;

    /// <summary>The sample itself if it has no outliers, otherwise a copy without them.</summary>
    public static VectorMatrix Of(VectorMatrix sample)
    {
        for (var round = 0; round < Rounds && sample.Count > 2; round++)
        {
            var distances = Distances(sample, VectorMath.Mean(sample));
            var sorted = (float[])distances.Clone();
            Array.Sort(sorted);
            var limit = Far * sorted[sorted.Length / 2];
            if (sorted[^1] <= limit || limit == 0)
            {
                break;
            }

            sample = Within(sample, distances, limit);
        }

        return sample;
    }

    private static float[] Distances(VectorMatrix sample, float[] mean)
    {
        var distances = new float[sample.Count];
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = MathF.Sqrt(Pairwise<SquaredL2>.One(sample[i], mean));
        }

        return distances;
    }

    private static VectorMatrix Within(VectorMatrix sample, float[] distances, float limit)
    {
        var kept = new VectorMatrix(distances.Count(distance => distance <= limit), sample.Dimensions);
        var at = 0;
        for (var i = 0; i < distances.Length; i++)
        {
            if (distances[i] <= limit)
            {
                sample[i].CopyTo(kept[at++]);
            }
        }

        return kept;
    }
}
