using Simile.Numerics;

namespace Senses;

/// <summary>How well a query ranks things of which some are meant.</summary>
internal static class Ranking
{
    public static float[] Scores(float[] query, float[][] things) => Array.ConvertAll(things, thing => VectorMath.Dot(query, thing));

    public static int Best(float[] scores) => Array.IndexOf(scores, scores.Max());

    /// <summary>The mean, over the things that are meant, of the share of those meant up to its place.</summary>
    public static double AveragePrecision(float[] scores, Func<int, bool> isMeant)
    {
        var (found, sum) = (0, 0.0);
        foreach (var (thing, place) in Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])
            .Select((thing, place) => (thing, place + 1)))
        {
            if (isMeant(thing))
            {
                sum += ++found / (double)place;
            }
        }

        return sum / Math.Max(found, 1);
    }
}
