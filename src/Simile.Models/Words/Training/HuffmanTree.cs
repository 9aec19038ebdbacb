namespace Simile.Models.Words;

/// <summary>The paths of words in a Huffman tree of their counts: at each inner node, from the root, which side they are on.</summary>
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

    /// <summary>Of each word the inner nodes from the root; numbers from 0 to one less than there are words.</summary>
    public int[][] Nodes { get; }

    /// <summary>Of each word the sides it takes there.</summary>
    public bool[][] Codes { get; }

    // Leaves are taken from the rarest on, inner nodes in the order in which they were made: both ascend.
    private static int Smaller(ref int leaf, ref int inner, long[] total, int made) =>
        leaf >= 0 && (inner == made || total[leaf] < total[inner]) ? leaf-- : inner++;
}
