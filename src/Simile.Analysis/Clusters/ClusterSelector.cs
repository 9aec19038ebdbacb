namespace Simile.Analysis;

/// <summary>Selects clusters from a condensed tree, as Python's hdbscan does.</summary>
internal sealed class ClusterSelector
{
    private readonly CondensedTree _tree;
    private readonly HdbscanOptions _options;
    private readonly bool[] _selected;

    private ClusterSelector(CondensedTree tree, HdbscanOptions options) =>
        (_tree, _options, _selected) = (tree, options, new bool[tree.Clusters]);

    /// <summary>Whether each cluster is selected.</summary>
    public static bool[] Select(CondensedTree tree, HdbscanOptions options)
    {
        var selector = new ClusterSelector(tree, options);
        if (options.Selection == ClusterSelection.Leaf)
        {
            selector.SelectLeaves();
        }
        else
        {
            selector.SelectByMass();
        }

        // If only the root is selected, a distance merges nothing.
        if (options.SelectionEpsilon > 0 && tree.Clusters > 1 && !selector._selected[0])
        {
            selector.MergeBelow(options.SelectionEpsilon);
        }

        return selector._selected;
    }

    // Bottom up: a cluster is selected if it has more mass than the selected clusters below it.
    private void SelectByMass()
    {
        var mass = Masses();
        for (var cluster = _tree.Clusters - 1; cluster >= (_options.AllowSingleCluster ? 0 : 1); cluster--)
        {
            var below = 0.0;
            foreach (var child in _tree.Children(cluster))
            {
                below += mass[child];
            }

            below = (float)below; // hdbscan keeps this sum as a float
            if (below > mass[cluster] || _tree.Size(cluster) > (_options.MaxClusterSize ?? int.MaxValue))
            {
                mass[cluster] = below;
            }
            else
            {
                Descendants(cluster, c => _selected[c] = false);
                _selected[cluster] = true;
            }
        }
    }

    // The stability of each cluster: its lifetime in λ, summed over its rows.
    private double[] Masses()
    {
        var mass = new double[_tree.Clusters];
        for (var row = 0; row < _tree.RowParents.Length; row++)
        {
            mass[_tree.RowParents[row]] += _tree.RowLambdas[row] - _tree.Birth(_tree.RowParents[row]);
        }

        for (var cluster = 1; cluster < mass.Length; cluster++)
        {
            mass[_tree.Parent(cluster)] += (_tree.Birth(cluster) - _tree.Birth(_tree.Parent(cluster))) * _tree.Size(cluster);
        }

        return mass;
    }

    private void SelectLeaves()
    {
        for (var cluster = 1; cluster < _tree.Clusters; cluster++)
        {
            _selected[cluster] = _tree.Children(cluster).IsEmpty;
        }
    }

    // A cluster born below the distance is replaced by its first ancestor born above it.
    private void MergeBelow(double epsilon)
    {
        var kept = Enumerable.Range(0, _selected.Length).Where(c => _selected[c]).ToArray();
        Array.Clear(_selected);
        foreach (var cluster in kept)
        {
            _selected[1 / _tree.Birth(cluster) < epsilon ? Ancestor(cluster, epsilon) : cluster] = true;
        }

        for (var cluster = 0; cluster < _selected.Length; cluster++)
        {
            if (_selected[cluster])
            {
                Descendants(cluster, c => _selected[c] = false);
            }
        }
    }

    private int Ancestor(int cluster, double epsilon)
    {
        while (true)
        {
            var parent = _tree.Parent(cluster);
            if (parent == 0)
            {
                return _options.AllowSingleCluster ? 0 : cluster;
            }

            if (1 / _tree.Birth(parent) > epsilon)
            {
                return parent;
            }

            cluster = parent;
        }
    }

    private void Descendants(int cluster, Action<int> visit)
    {
        var open = new Stack<int>([.. _tree.Children(cluster)]);
        while (open.TryPop(out var next))
        {
            visit(next);
            foreach (var child in _tree.Children(next))
            {
                open.Push(child);
            }
        }
    }
}
