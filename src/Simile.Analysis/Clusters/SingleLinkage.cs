namespace Simile.Analysis;

/// <summary>
/// The single-linkage tree: edges of a spanning tree, lightest first, join rows and earlier nodes. Edge i creates node n + i.
/// </summary>
/// <param name="Count">Number of rows, nodes 0 to n − 1.</param>
/// <param name="Left">A child of node n + i.</param>
/// <param name="Right">The other child.</param>
/// <param name="Distance">The weight of edge i.</param>
/// <param name="Size">Number of rows below node n + i.</param>
internal sealed record SingleLinkage(int Count, int[] Left, int[] Right, double[] Distance, int[] Size)
{
    public int Root => (2 * Count) - 2;

    public int SizeOf(int node) => node < Count ? 1 : Size[node - Count];

    public static SingleLinkage Of(int count, SpanningEdge[] edges)
    {
        var components = new Components(count);
        var nodes = Enumerable.Range(0, count).ToArray(); // the node of the set that a row stands for
        var tree = new SingleLinkage(count, new int[count - 1], new int[count - 1], new double[count - 1], new int[count - 1]);
        for (var i = 0; i < edges.Length; i++)
        {
            var (a, b) = (components.Find(edges[i].A), components.Find(edges[i].B));
            (tree.Left[i], tree.Right[i], tree.Distance[i]) = (nodes[a], nodes[b], edges[i].Weight);
            components.Join(a, b);
            tree.Size[i] = components.Size(a);
            nodes[components.Find(a)] = count + i;
        }

        return tree;
    }

    /// <summary>The rows below a node.</summary>
    public IEnumerable<int> Rows(int node)
    {
        var open = new Stack<int>([node]);
        while (open.TryPop(out var next))
        {
            if (next < Count)
            {
                yield return next;
                continue;
            }

            open.Push(Right[next - Count]);
            open.Push(Left[next - Count]);
        }
    }
}
