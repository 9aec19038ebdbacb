using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Analysis.Projections;

/// <summary>
/// A quadtree of points, in the order of a space-filling curve. It is rebuilt in each iteration, without allocation.
/// </summary>
/// <remarks>
/// Nodes are stored in preorder: the first child follows its parent, and <see cref="Node.Next"/> is the node after the subtree.
/// </remarks>
internal sealed partial class QuadTree
{
    private const int LeafSize = 8;
    private const int Bits = 16; // per coordinate in a Morton code

    private readonly uint[] _codes;
    private readonly uint[] _otherCodes;
    private readonly int[] _otherOrder;
    private readonly float _theta;
    private Node[] _nodes = new Node[64];
    private int _nodeCount;

    public QuadTree(int count, double theta)
    {
        (Count, _theta) = (count, (float)theta);
        (_codes, _otherCodes) = (new uint[count], new uint[count]);
        (Order, _otherOrder) = (new int[count], new int[count]);
        // Padded, because whole SIMD vectors are read.
        (X, Y) = (new float[count + Lanes], new float[count + Lanes]);
        _sums = new double[Groups];
    }

    public int Count { get; }

    /// <summary>The index of the point at each position of <see cref="X"/> and <see cref="Y"/>.</summary>
    public int[] Order { get; }

    /// <summary>Coordinates in the order of the curve.</summary>
    public float[] X { get; }

    /// <inheritdoc cref="X"/>
    public float[] Y { get; }

    /// <summary>Builds the tree of points.</summary>
    public void Build(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Encode(x, y);
        Sort();
        for (var i = 0; i < Count; i++)
        {
            (X[i], Y[i]) = (x[Order[i]], y[Order[i]]);
        }

        X.AsSpan(Count).Fill(X[Count - 1]);
        Y.AsSpan(Count).Fill(Y[Count - 1]);
        _nodeCount = 0;
        Add(0, Count, (2 * Bits) - 2);
    }

    private void Encode(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var ((left, right), (bottom, top)) = (Range(x), Range(y));
        var side = Math.Max(right - left, top - bottom);
        var scale = side > 0 ? ((1 << Bits) - 1) / side : 0;
        scale = float.IsFinite(scale) ? scale : 0;
        for (var i = 0; i < Count; i++)
        {
            _codes[i] = Spread((uint)((x[i] - left) * scale)) | (Spread((uint)((y[i] - bottom) * scale)) << 1);
            Order[i] = i;
        }
    }

    private static (float Least, float Greatest) Range(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (low, high) = (new Vector<float>(values[0]), new Vector<float>(values[0]));
        foreach (var vector in vectors)
        {
            (low, high) = (Vector.Min(low, vector), Vector.Max(high, vector));
        }

        var (least, greatest) = (values[0], values[0]);
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            (least, greatest) = (Math.Min(least, low[lane]), Math.Max(greatest, high[lane]));
        }

        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }

        return (least, greatest);
    }

    // Inserts a zero bit after each of the 16 bits of a coordinate (Morton code).
    private static uint Spread(uint v)
    {
        v = (v | (v << 8)) & 0x00FF00FF;
        v = (v | (v << 4)) & 0x0F0F0F0F;
        v = (v | (v << 2)) & 0x33333333;
        return (v | (v << 1)) & 0x55555555;
    }

    // Radix sort by the bytes of the codes, least significant first; four stable passes.
    private void Sort()
    {
        Span<int> starts = stackalloc int[257];
        var (codes, order, otherCodes, otherOrder) = (_codes, Order, _otherCodes, _otherOrder);
        for (var shift = 0; shift < 32; shift += 8)
        {
            starts.Clear();
            foreach (var code in codes)
            {
                starts[(int)((code >> shift) & 255) + 1]++;
            }

            for (var i = 0; i < 256; i++)
            {
                starts[i + 1] += starts[i];
            }

            for (var i = 0; i < codes.Length; i++)
            {
                var target = starts[(int)((codes[i] >> shift) & 255)]++;
                (otherCodes[target], otherOrder[target]) = (codes[i], order[i]);
            }

            (codes, order, otherCodes, otherOrder) = (otherCodes, otherOrder, codes, order);
        }
    }

    // Adds the subtree of the points that share the bits above the shift.
    private int Add(int first, int end, int shift)
    {
        if (_nodeCount == _nodes.Length)
        {
            Array.Resize(ref _nodes, 2 * _nodes.Length);
        }

        var at = _nodeCount++;
        if (end - first <= LeafSize || _codes[first] == _codes[end - 1])
        {
            _nodes[at] = Leaf(first, end, at);
            return at;
        }

        while (_codes[first] >> shift == _codes[end - 1] >> shift)
        {
            shift -= 2; // all points are in one quadrant: skip that level
        }

        var sum = new Sum();
        for (var from = first; from < end;)
        {
            var to = EndOf(from, end, shift);
            var child = Add(from, to, shift - 2); // may replace the array of nodes
            sum.Add(_nodes[child]);
            from = to;
        }

        _nodes[at] = sum.ToNode(_theta, _nodeCount, 0, 0);
        return at;
    }

    // The position after the last point in the first point's quadrant.
    private int EndOf(int from, int end, int shift)
    {
        var quarter = _codes[from] >> shift;
        var (low, high) = (from, end);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = _codes[middle] >> shift == quarter ? (middle, high) : (low, middle);
        }

        return high;
    }

    private Node Leaf(int first, int end, int at)
    {
        var sum = new Sum();
        for (var i = first; i < end; i++)
        {
            sum.Add(X[i], Y[i], 1, X[i], X[i], Y[i], Y[i]);
        }

        return sum.ToNode(_theta, at + 1, first, end - first);
    }

    /// <summary>A cell: the mean, number and bounding box of its points.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Node
    {
        public float X;
        public float Y;
        public float Mass;

        /// <summary>The square of (longer side of the box / θ): at a greater squared distance the cell counts as one point.</summary>
        public float Reach;
        public int Next;
        public int First;
        public int LeafCount; // 0 for an inner node
        public float Left, Right, Bottom, Top;
    }

    private ref struct Sum()
    {
        private double _x;
        private double _y;
        private double _mass;
        private float _left = float.PositiveInfinity;
        private float _right = float.NegativeInfinity;
        private float _bottom = float.PositiveInfinity;
        private float _top = float.NegativeInfinity;

        public void Add(in Node node) => Add(node.X, node.Y, node.Mass, node.Left, node.Right, node.Bottom, node.Top);

        public void Add(float x, float y, float mass, float left, float right, float bottom, float top)
        {
            (_x, _y, _mass) = (_x + (x * mass), _y + (y * mass), _mass + mass);
            (_left, _right, _bottom, _top) =
                (Math.Min(_left, left), Math.Max(_right, right), Math.Min(_bottom, bottom), Math.Max(_top, top));
        }

        public readonly Node ToNode(float theta, int next, int first, int leafCount)
        {
            var side = Math.Max(_right - _left, _top - _bottom) / theta;
            return new Node
            {
                X = (float)(_x / _mass),
                Y = (float)(_y / _mass),
                Mass = (float)_mass,
                Reach = side * side,
                Next = next,
                First = first,
                LeafCount = leafCount,
                Left = _left,
                Right = _right,
                Bottom = _bottom,
                Top = _top,
            };
        }
    }
}
