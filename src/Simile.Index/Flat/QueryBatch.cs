using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>The queries of a batch: prepared for exact scores, packed into panels and, if rows are bytes, encoded for tests.</summary>
/// <remarks>
/// A test sums in another order than a score, and L2 is tested by dot products. The rounding error is bounded: with
/// u = 2⁻²⁴ a sum of n products of components of q and x, in any order, is off by at most γ |q| |x|, γ = n u / (1 − n u) (Higham, Accuracy
/// and Stability of Numerical Algorithms, 3.1). Tests allow for this error, so no pair is lost. Manhattan distances D are
/// tested by M = Σ max(qᵢ, xᵢ): 2 M = D + Σ qᵢ + Σ xᵢ, and M is off by at most γ (|q|₁ + |x|₁).
/// </remarks>
internal sealed unsafe class QueryBatch : IDisposable
{
    private readonly FlatRows _rows;
    private readonly RowIds _ids;
    private readonly NativeArray<float> _prepared;
    private readonly NativeArray<float> _packed;
    private readonly NativeArray<float> _factors;
    private readonly NativeArray<short> _coded;
    private readonly CodedQuery[] _bounds;
    private readonly double[] _lengths;
    private readonly double[] _sums;
    private readonly double _gamma;

    public QueryBatch(FlatRows rows, RowIds ids, VectorMatrix queries, int first, int count)
    {
        (_rows, _ids) = (rows, ids);
        Count = count;
        Panels = QueryPanel.Cut(count, KernelPaths.Best);
        Slots = Panels.Sum(panel => panel.Width);
        var rounding = (rows.Dimensions + 20.0) / (1 << 24);
        _gamma = rounding < 0.1 ? rounding / (1 - rounding) : double.NaN;
        _prepared = new NativeArray<float>((long)count * rows.PreparedLength);
        _packed = new NativeArray<float>(rows is NumberRows ? (long)Slots * rows.Dimensions : 0);
        _factors = new NativeArray<float>(Slots);
        _lengths = new double[count];
        _sums = new double[count];
        _bounds = new CodedQuery[rows is NumberRows { Coded: true } ? count : 0];
        _coded = new NativeArray<short>((long)_bounds.Length * CodedQuery.Length(rows.Dimensions));
        for (var i = 0; i < count; i++)
        {
            rows.Prepare(queries[first + i], _prepared.Slice((long)i * rows.PreparedLength, rows.PreparedLength));
        }

        if (rows is NumberRows)
        {
            Pack();
        }

        for (var i = 0; i < _bounds.Length; i++)
        {
            _bounds[i] = new CodedQuery(
                rows.Metric,
                new ReadOnlySpan<float>(this[i], rows.Dimensions),
                new Span<short>(Coded(i), CodedQuery.Length(rows.Dimensions)));
        }
    }

    /// <summary>Number of queries.</summary>
    public int Count { get; }

    /// <summary>The first of the few queries outside panels, which are scored one by one.</summary>
    public int FirstAlone => Math.Min(Count, Slots);

    /// <summary>The panels of the other queries.</summary>
    public List<QueryPanel> Panels { get; }

    /// <summary>Number of queries in panels, including padding.</summary>
    public int Slots { get; }

    /// <summary>A query prepared for exact scores.</summary>
    public float* this[int query] => _prepared.Pointer + ((long)query * _rows.PreparedLength);

    /// <summary>A query encoded for <see cref="ByteDot"/>. The next one follows.</summary>
    public short* Coded(int query) => _coded.Pointer + ((long)query * CodedQuery.Length(_rows.Dimensions));

    /// <summary>The bounds of an encoded query.</summary>
    public CodedQuery Bounds(int query) => _bounds[query];

    /// <summary>A packed panel.</summary>
    public float* Packed(QueryPanel panel) => _packed.Pointer + ((long)panel.Slot * _rows.Dimensions);

    /// <summary>The test of a panel.</summary>
    public PanelTest Test(QueryPanel panel, float* rowNorms, float* thresholds) =>
        new(_rows.Metric is Metric.Manhattan or Metric.Hamming ? -1 : 1, rowNorms, _factors.Pointer + panel.Slot, thresholds + panel.Slot);

    /// <summary>Under Manhattan, the fraction of a row's absolute sum that is added to its sum as a rounding bound.</summary>
    public float Share => (float)(4 * _gamma);

    /// <summary>The threshold of a pair's test for a score of at least <paramref name="score"/>. NaN: the test always passes.</summary>
    public float Threshold(int query, float score)
    {
        // Products below the float range underflow: each loses at most half of the smallest number.
        var least = _rows.Dimensions * 4.0 * float.Epsilon;
        var length = _lengths[query];
        return (float)(_rows.Metric switch
        {
            // q·x ≥ (q² + x² + score) / 2
            Metric.L2 => (length * length * (0.5 - (2 * _gamma))) + (score * (0.5 + (1.5 * _gamma))) - least,
            // −M + Σ xᵢ / 2 ≥ (score − Σ qᵢ) / 2
            Metric.Manhattan => (((score * (1 + (2.2 * _gamma))) - _sums[query]) / 2) - (2 * _gamma * length) - least,
            // Counts are exact. If ids are row numbers, a later row with an equal count does not enter.
            Metric.Hamming => score + (_ids.AreRows ? 0.5 : 0),
            Metric.Cosine or Metric.Dot => score - least + (0 * length),
            _ => throw new InvalidOperationException($"Batches do not support the metric {_rows.Metric}."),
        });
    }

    public void Dispose()
    {
        _prepared.Dispose();
        _packed.Dispose();
        _factors.Dispose();
        _coded.Dispose();
    }

    private void Pack()
    {
        var length = _rows.Dimensions;
        foreach (var panel in Panels)
        {
            panel.Pack(_prepared.Slice(0, Count * length), length, _packed.Slice((long)panel.Slot * length, panel.Width * length));
            for (var i = 0; i < panel.Width && panel.First + i < Count; i++)
            {
                var query = new ReadOnlySpan<float>(this[panel.First + i], length);
                var norm = _rows.Metric == Metric.Manhattan ? SumUp(query, panel.First + i) : VectorMath.Norm(query);
                _lengths[panel.First + i] = norm < NumberRows.LongestInProducts ? norm : double.NaN;
                _factors[panel.Slot + i] = (float)(_rows.Metric switch
                {
                    Metric.L2 => -(0.5 - (2 * _gamma)),
                    Metric.Cosine or Metric.Dot => 2.2 * _gamma * norm,
                    Metric.Manhattan => 0.5,
                    Metric.Hamming => 0,
                    _ => throw new InvalidOperationException($"Batches do not support the metric {_rows.Metric}."),
                });
            }
        }
    }

    // Stores the sum of the components, and returns the sum of their absolute values.
    private double SumUp(ReadOnlySpan<float> query, int number)
    {
        var size = 0.0;
        foreach (var x in query)
        {
            _sums[number] += x;
            size += Math.Abs(x);
        }

        return size;
    }
}
