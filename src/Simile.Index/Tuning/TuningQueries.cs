using System.Diagnostics;
using Simile.Numerics;

namespace Simile.Index.Tuning;

/// <summary>Queries with known exact results.</summary>
/// <param name="index">The index to measure.</param>
/// <param name="queries">The queries.</param>
/// <param name="own">The id of each query's own vector, which is excluded; −1 for none.</param>
/// <param name="k">Number of results that count.</param>
internal sealed class TuningQueries(VectorIndex index, VectorMatrix queries, int[] own, int k)
{
    private const int BlockRows = 1 << 14;

    // The score of the last result that counts, for each query.
    private readonly float[] _worst = new float[queries.Count];
    private readonly int[] _wanted = new int[queries.Count];

    /// <summary>Scores every vector, block by block.</summary>
    /// <param name="copy">Copies the vector of an id; false if it no longer exists.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public void Answer(Func<int, Span<float>, bool> copy, CancellationToken cancellationToken)
    {
        var best = new List<Hit>[queries.Count];
        for (var i = 0; i < best.Length; i++)
        {
            best[i] = [];
        }

        var ids = Enumerable.Range(0, index.IdLimit).Where(index.Contains).ToArray();
        foreach (var block in ids.Chunk(BlockRows))
        {
            var rows = new VectorMatrix(block.Length, index.Dimensions);
            var there = new bool[block.Length];
            EachCore.Run(block.Length, i => there[i] = copy(block[i], rows[i]), cancellationToken);
            using var flat = new FlatIndex(index.Metric, index.Dimensions, new FlatOptions { Codes = false });
            flat.Add(rows);
            var found = flat.Search(queries, k + 1);
            for (var i = 0; i < best.Length; i++)
            {
                var self = own[i];
                best[i] = [.. best[i].Concat(
                    found[i].Where(hit => there[hit.Id]).Select(hit => hit with { Id = block[hit.Id] }).Where(hit => hit.Id != self))
                    .OrderByDescending(hit => hit.Score)
                    .Take(k)];
            }
        }

        for (var i = 0; i < best.Length; i++)
        {
            (_wanted[i], _worst[i]) = (best[i].Count, best[i].Count == 0 ? 0 : best[i][^1].Score);
        }
    }

    /// <summary>The share of exact results found with the current setting, and the speed.</summary>
    public (double Recall, double QueriesPerSecond) Measure()
    {
        var hits = new Hit[k + 1];
        var (found, begin) = (0, Stopwatch.GetTimestamp());
        for (var i = 0; i < queries.Count; i++)
        {
            var (count, right) = (index.Search(queries[i], hits), 0);
            for (var j = 0; j < count && right < _wanted[i]; j++)
            {
                // Rounding may order equal results differently.
                right += hits[j].Id != own[i] && hits[j].Score >= _worst[i] - (1e-5f * MathF.Abs(_worst[i])) ? 1 : 0;
            }

            found += right;
        }

        var elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return (found / (double)Math.Max(1, _wanted.Sum()), queries.Count / elapsed);
    }
}
