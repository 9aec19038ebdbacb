namespace Simile.Analysis;

/// <summary>
/// A single-linkage tree without splits of fewer rows than the minimum cluster size: such rows leave their cluster instead (Campello et al.
/// 2013).
/// </summary>
/// <remarks>λ is 1 / distance. Clusters are numbered from 0, the root, and parents come before children.</remarks>
internal sealed class CondensedTree
{
    private readonly List<int> _parents = [-1];
    private readonly List<double> _births = [0];
    private readonly List<int> _sizes = [];
    private readonly List<int> _firstChildren = [-1];

    private CondensedTree(int count)
    {
        RowParents = new int[count];
        RowLambdas = new double[count];
        _sizes.Add(count);
    }

    /// <summary>Number of clusters.</summary>
    public int Clusters => _parents.Count;

    /// <summary>The cluster that each row leaves.</summary>
    public int[] RowParents { get; }

    /// <summary>The λ at which it leaves.</summary>
    public double[] RowLambdas { get; }

    public int Parent(int cluster) => _parents[cluster];

    /// <summary>The λ at which a cluster splits from its parent.</summary>
    public double Birth(int cluster) => _births[cluster];

    public int Size(int cluster) => _sizes[cluster];

    /// <summary>The two children of a cluster; none for a leaf.</summary>
    public ReadOnlySpan<int> Children(int cluster) =>
        _firstChildren[cluster] < 0 ? [] : new[] { _firstChildren[cluster], _firstChildren[cluster] + 1 };

    public static CondensedTree Of(SingleLinkage linkage, int minClusterSize)
    {
        var tree = new CondensedTree(linkage.Count);
        var open = new Queue<(int Node, int Cluster)>([(linkage.Root, 0)]);
        while (open.TryDequeue(out var next))
        {
            tree.Split(linkage, next.Node, next.Cluster, minClusterSize, open);
        }

        return tree;
    }

    private void Split(SingleLinkage linkage, int node, int cluster, int minClusterSize, Queue<(int, int)> open)
    {
        var at = node - linkage.Count;
        var (left, right) = (linkage.Left[at], linkage.Right[at]);
        var lambda = linkage.Distance[at] > 0 ? 1 / linkage.Distance[at] : double.PositiveInfinity;
        var (keepsLeft, keepsRight) = (linkage.SizeOf(left) >= minClusterSize, linkage.SizeOf(right) >= minClusterSize);
        if (keepsLeft && keepsRight)
        {
            _firstChildren[cluster] = Clusters;
            open.Enqueue((left, Add(cluster, lambda, linkage.SizeOf(left))));
            open.Enqueue((right, Add(cluster, lambda, linkage.SizeOf(right))));
            return;
        }

        Follow(linkage, left, cluster, lambda, keepsLeft, open);
        Follow(linkage, right, cluster, lambda, keepsRight, open);
    }

    private int Add(int parent, double lambda, int size)
    {
        _parents.Add(parent);
        _births.Add(lambda);
        _sizes.Add(size);
        _firstChildren.Add(-1);
        return Clusters - 1;
    }

    // The cluster continues as one side; the rows of the other leave it.
    private void Follow(SingleLinkage linkage, int node, int cluster, double lambda, bool keeps, Queue<(int, int)> open)
    {
        if (keeps)
        {
            open.Enqueue((node, cluster));
            return;
        }

        foreach (var row in linkage.Rows(node))
        {
            (RowParents[row], RowLambdas[row]) = (cluster, lambda);
        }
    }
}
