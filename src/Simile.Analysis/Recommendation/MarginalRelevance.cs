using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Maximal marginal relevance: one by one the candidate that is good and unlike those chosen before.</summary>
internal static class MarginalRelevance
{
    /// <summary>
    /// Chooses some of the candidates. Scores to the examples and between candidates are of one metric, so they are weighed as they are.
    /// </summary>
    public static Hit[] Choose(VectorMatrix vectors, Metric metric, Hit[] candidates, int count, double diversity)
    {
        var (chosen, open) = (new List<Hit>(), Enumerable.Range(0, candidates.Length).ToList());
        var closest = new double[candidates.Length]; // the score to the closest one chosen
        closest.AsSpan().Fill(double.NegativeInfinity);
        while (chosen.Count < count && open.Count > 0)
        {
            // Candidates stand best first: equal ones are taken in that order.
            var next = chosen.Count == 0 ? 0 : open.MaxBy(i => ((1 - diversity) * candidates[i].Score) - (diversity * closest[i]));
            open.Remove(next);
            chosen.Add(candidates[next]);
            foreach (var i in open)
            {
                closest[i] = Math.Max(closest[i], metric.Score(vectors[candidates[next].Id], vectors[candidates[i].Id]));
            }
        }

        return [.. chosen];
    }
}
