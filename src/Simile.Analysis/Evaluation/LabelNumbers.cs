using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Cluster labels renumbered from 0, with the size of each cluster.</summary>
internal sealed class LabelNumbers
{
    private readonly int[] _numbers;
    private readonly int[] _sizes;

    public LabelNumbers(VectorMatrix vectors, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Inputs.Check(vectors, 2, "a score of clusters");
        Inputs.CheckLabels(labels.Count, vectors.Count);
        var names = labels.Distinct().Order().ToArray();
        if (names.Length < 2 || names.Length >= vectors.Count)
        {
            throw new ArgumentException(
                $"{vectors.Count} vectors in {names.Length} {(names.Length == 1 ? "cluster" : "clusters")} have no score: "
                + "there must be at least 2 clusters, and fewer than vectors.");
        }

        _numbers = [.. labels.Select(label => Array.BinarySearch(names, label))];
        _sizes = new int[names.Length];
        foreach (var number in _numbers)
        {
            _sizes[number]++;
        }
    }

    public int Count => _sizes.Length;

    public int this[int row] => _numbers[row];

    public int Size(int cluster) => _sizes[cluster];

    public double[][] Means(VectorMatrix vectors)
    {
        var means = Enumerable.Range(0, Count).Select(_ => new double[vectors.Dimensions]).ToArray();
        for (var i = 0; i < vectors.Count; i++)
        {
            var mean = means[_numbers[i]];
            var row = vectors[i];
            for (var j = 0; j < mean.Length; j++)
            {
                mean[j] += row[j] / (double)_sizes[_numbers[i]];
            }
        }

        return means;
    }
}
