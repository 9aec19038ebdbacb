using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Simile.Models.Onnx.Operators;

/// <content>Attention in blocks of queries and keys with an online softmax (Milakov and Gimelshein 2018; Dao et al. 2022).</content>
internal sealed unsafe partial class LaneKernels<TLanes, TVector>
{
    private const int TileRows = 6;

    private static int TileColumns => 2 * TLanes.Count;

    public override void Attend(HeadAttention head)
    {
        var greatest = stackalloc float[QueryRows];
        var sums = stackalloc float[QueryRows];
        for (var first = 0; first < head.Queries; first += QueryRows)
        {
            var rows = Math.Min(QueryRows, head.Queries - first);
            new Span<float>(greatest, rows).Fill(float.NegativeInfinity);
            new Span<float>(sums, rows).Clear();
            var seen = head.Causal ? Math.Min(head.Keys, first + rows) : head.Keys;
            for (var key = 0; key < seen; key += KeyColumns)
            {
                var keys = Math.Min(KeyColumns, seen - key);
                Score(head, first, rows, key, keys);
                Weigh(head, first, rows, key, keys, greatest, sums);
                Sum(head, rows, key, keys);
            }

            for (var i = 0; i < rows; i++)
            {
                TensorPrimitives.Divide(
                    new ReadOnlySpan<float>(head.Sums + (i * head.Width), head.Size),
                    sums[i],
                    new Span<float>(head.Result + ((first + i) * (long)head.ResultStride), head.Size));
            }
        }
    }

    // The products of a block of queries and a block of keys.
    private static void Score(HeadAttention head, int first, int rows, int key, int keys)
    {
        for (var column = 0; column < keys; column += TileColumns)
        {
            for (var i = 0; i < rows; i += TileRows)
            {
                Multiply(
                    head.QueryRows + ((first + i) * head.Width),
                    head.Width,
                    head.KeyColumns + key + column,
                    head.KeyStride,
                    head.Size,
                    head.Scores + (i * KeyColumns) + column,
                    KeyColumns,
                    add: false);
            }
        }
    }

    // exp(score − maximum of the query so far). Earlier sums are rescaled when the maximum grows.
    private static void Weigh(HeadAttention head, int first, int rows, int key, int keys, float* greatest, float* sums)
    {
        var columns = Padded(keys);
        for (var i = 0; i < rows; i++)
        {
            var scores = head.Scores + (i * KeyColumns);
            if (head.Added is not null)
            {
                var row = new Span<float>(scores, keys);
                TensorPrimitives.Add(row, new ReadOnlySpan<float>(head.Added + ((first + i) * (long)head.Keys) + key, keys), row);
            }

            Hide(head, scores, first + i, key, keys);
            var largest = MathF.Max(greatest[i], Greatest(scores, columns));
            var factor = key == 0 ? 0 : MathF.Exp(greatest[i] - largest);
            sums[i] = (sums[i] * factor) + Exponentials(scores, columns, largest);
            greatest[i] = largest;
            if (key > 0 && factor != 1)
            {
                var result = new Span<float>(head.Sums + (i * head.Width), head.Size);
                TensorPrimitives.Multiply(result, factor, result);
            }
        }
    }

    // Masked keys have the lowest finite score, so that a query without visible keys still has a softmax. Padding keys have none.
    private static void Hide(HeadAttention head, float* scores, int query, int key, int keys)
    {
        if (head.Mask is not null)
        {
            for (var i = 0; i < keys; i++)
            {
                scores[i] = head.Mask[key + i] == 0 ? float.MinValue : scores[i];
            }
        }

        var seen = head.Causal ? Math.Clamp(query + 1 - key, 0, keys) : keys;
        new Span<float>(scores + seen, Padded(keys) - seen).Fill(float.NegativeInfinity);
    }

    // The sum of the values, weighted by their keys.
    private static void Sum(HeadAttention head, int rows, int key, int keys)
    {
        for (var column = 0; column < head.Size; column += TileColumns)
        {
            for (var i = 0; i < rows; i += TileRows)
            {
                Multiply(
                    head.Scores + (i * KeyColumns),
                    KeyColumns,
                    head.ValueRows + (key * head.Width) + column,
                    head.Width,
                    keys,
                    head.Sums + (i * head.Width) + column,
                    head.Width,
                    add: key > 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Greatest(float* scores, int columns)
    {
        var greatest = TLanes.Load(ref *scores, 0);
        for (var i = TLanes.Count; i < columns; i += TLanes.Count)
        {
            greatest = TLanes.Max(greatest, TLanes.Load(ref scores[i], 0));
        }

        return TLanes.Greatest(greatest);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Exponentials(float* scores, int columns, float largest)
    {
        var (sum, most) = (TLanes.Create(0), TLanes.Create(largest));
        for (var i = 0; i < columns; i += TLanes.Count)
        {
            var e = Exp(TLanes.Subtract(TLanes.Load(ref scores[i], 0), most));
            sum = TLanes.Add(sum, e);
            TLanes.Store(e, ref scores[i], 0);
        }

        return TLanes.Sum(sum);
    }

    // Six rows of A · B in two vectors. The sums are named locals, because arrays are not kept in registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(float* a, long aRow, float* b, long bRow, int inner, float* target, long row, bool add)
    {
        TVector s00 = TLanes.Create(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00;
        TVector s30 = s00, s31 = s00, s40 = s00, s41 = s00, s50 = s00, s51 = s00;
        var a3 = a + (3 * aRow);
        for (var k = 0; k < inner; k++)
        {
            var b0 = TLanes.Load(ref *b, 0);
            var b1 = TLanes.Load(ref *b, (nuint)TLanes.Count);
            var factor = TLanes.Create(a[0]);
            s00 = TLanes.MultiplyAdd(factor, b0, s00);
            s01 = TLanes.MultiplyAdd(factor, b1, s01);
            factor = TLanes.Create(a[aRow]);
            s10 = TLanes.MultiplyAdd(factor, b0, s10);
            s11 = TLanes.MultiplyAdd(factor, b1, s11);
            factor = TLanes.Create(a[2 * aRow]);
            s20 = TLanes.MultiplyAdd(factor, b0, s20);
            s21 = TLanes.MultiplyAdd(factor, b1, s21);
            factor = TLanes.Create(a3[0]);
            s30 = TLanes.MultiplyAdd(factor, b0, s30);
            s31 = TLanes.MultiplyAdd(factor, b1, s31);
            factor = TLanes.Create(a3[aRow]);
            s40 = TLanes.MultiplyAdd(factor, b0, s40);
            s41 = TLanes.MultiplyAdd(factor, b1, s41);
            factor = TLanes.Create(a3[2 * aRow]);
            s50 = TLanes.MultiplyAdd(factor, b0, s50);
            s51 = TLanes.MultiplyAdd(factor, b1, s51);
            a++;
            a3++;
            b += bRow;
        }

        Store(s00, s01, target, add);
        Store(s10, s11, target + row, add);
        Store(s20, s21, target + (2 * row), add);
        Store(s30, s31, target + (3 * row), add);
        Store(s40, s41, target + (4 * row), add);
        Store(s50, s51, target + (5 * row), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector left, TVector right, float* target, bool add)
    {
        if (add)
        {
            left = TLanes.Add(left, TLanes.Load(ref *target, 0));
            right = TLanes.Add(right, TLanes.Load(ref *target, (nuint)TLanes.Count));
        }

        TLanes.Store(left, ref *target, 0);
        TLanes.Store(right, ref *target, (nuint)TLanes.Count);
    }
}
