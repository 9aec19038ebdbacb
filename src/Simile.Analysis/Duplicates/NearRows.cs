using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Joins rows that score at least a threshold, through nearest neighbors rather than all pairs.</summary>
internal sealed class NearRows
{
    private const int BlockRows = 2048;

    // Rows of large groups are asked for more neighbors, so that a group larger than the number of neighbors does not stay in parts.
    private const int MostRounds = 4;

    private readonly VectorMatrix _rows;
    private readonly int[] _names;
    private readonly Components _components;
    private readonly DuplicateOptions _options;
    private readonly VectorIndex _index;

    private NearRows(VectorMatrix rows, int[] names, Components components, DuplicateOptions options, VectorIndex index) =>
        (_rows, _names, _components, _options, _index) = (rows, names, components, options, index);

    /// <summary>Joins rows and returns the threshold.</summary>
    public static float Join(
        VectorMatrix vectors,
        int[] different,
        Components components,
        DuplicateOptions options,
        IProgress<AnalysisProgress>? progress,
        CancellationToken cancellationToken)
    {
        var rows = different.Length == vectors.Count ? vectors : vectors.Take(different);
        using VectorIndex index = different.Length <= options.ExactUpTo
            ? new FlatIndex(options.Metric, rows.Dimensions)
            : new HnswIndex(options.Metric, rows.Dimensions, new HnswOptions { M = 16, EfConstruction = 80, Seed = options.Seed });
        index.Add(
            rows,
            progress is null ? null : new SynchronousProgress(done => progress.Report(new("index", done, rows.Count))),
            cancellationToken);
        var near = new NearRows(rows, different, components, options, index);
        return near.Run(progress, cancellationToken);
    }

    private float Run(IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var threshold = _options.Threshold ?? Suggest();
        var (open, k) = (Enumerable.Range(0, _rows.Count).ToArray(), Math.Min(_rows.Count, _options.Neighbors + 1));
        for (var round = 0; round < MostRounds && open.Length > 0; round++)
        {
            open = Search(open, k, threshold, progress, cancellationToken);
            k = Math.Min(_rows.Count, k * 4);
        }

        return threshold;
    }

    // Joins rows with their neighbors. Returns the rows whose neighbors are all near, because there may be more.
    private int[] Search(int[] open, int k, float threshold, IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var full = new List<int>();
        for (var first = 0; first < open.Length; first += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new("neighbors", first, open.Length));
            var block = open.AsSpan(first, Math.Min(BlockRows, open.Length - first));
            var answers = _index.Search(_rows.Take(block), k);
            for (var i = 0; i < answers.Length; i++)
            {
                if (JoinAll(block[i], answers[i], threshold) && k < _rows.Count)
                {
                    full.Add(block[i]);
                }
            }
        }

        return [.. full];
    }

    private bool JoinAll(int row, Hit[] hits, float threshold)
    {
        foreach (var hit in hits)
        {
            if (hit.Score < threshold)
            {
                return false;
            }

            _components.Join(_names[row], _names[hit.Id]);
        }

        return true;
    }

    private float Suggest()
    {
        var sample = Enumerable.Range(0, Math.Min(4000, _rows.Count))
            .Select(i => (int)((long)i * _rows.Count / Math.Min(4000, _rows.Count)))
            .ToArray();
        if (_rows.Count < 3)
        {
            return ScoreGap.Greatest(_options.Metric);
        }

        var nearest = _index.Search(_rows.Take(sample), 2).Select((hits, i) => hits.FirstOrDefault(h => h.Id != sample[i], hits[^1]).Score);
        return ScoreGap.Find([.. nearest], _options.Metric);
    }
}
