namespace Simile.Models.Words;

/// <summary>
/// Paths of words in a Huffman tree of their counts: the inner nodes from the root, and the branch taken at each of them.
/// </summary>
internal sealed class HuffmanTree
{
    /// <param name="counts">Most frequent first.</param>
    public HuffmanTree(long[] counts)
    {
        var n = counts.Length;
        var (total, parent, side) = (new long[(2 * n) - 1], new int[(2 * n) - 1], new bool[(2 * n) - 1]);
        counts.CopyTo(total, 0);
        for (var (node, leaf, inner) = (n, n - 1, n); node < total.Length; node++)
        {
            var first = Smaller(ref leaf, ref inner, total, node);
            var second = Smaller(ref leaf, ref inner, total, node);
            total[node] = total[first] + total[second];
            (parent[first], parent[second], side[second]) = (node, node, true);
        }

        (Nodes, Codes) = (new int[n][], new bool[n][]);
        for (var word = 0; word < n; word++)
        {
            var (nodes, codes) = (new List<int>(), new List<bool>());
            for (var node = word; node < total.Length - 1; node = parent[node])
            {
                nodes.Add(parent[node] - n);
                codes.Add(side[node]);
            }

            nodes.Reverse();
            codes.Reverse();
            (Nodes[word], Codes[word]) = ([.. nodes], [.. codes]);
        }
    }

    /// <summary>
    /// For each word the inner nodes on its path, from the root. Nodes are numbered from 0 to the number of words minus 2.
    /// </summary>
    public int[][] Nodes { get; }

    /// <summary>For each word the branch taken at each of these nodes.</summary>
    public bool[][] Codes { get; }

    // Leaves are read from the rarest to the most frequent, inner nodes in the order of their creation: both sequences have ascending
    // counts.
    private static int Smaller(ref int leaf, ref int inner, long[] total, int made) =>
        leaf >= 0 && (inner == made || total[leaf] < total[inner]) ? leaf-- : inner++;
}
