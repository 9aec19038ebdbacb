using System.Buffers;
using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>
/// A product in tiles of 6 rows × 2 registers: the 12 sums stay in registers while a packed panel of A and one of B
/// pass by. B's block (Depth × Width) is packed once and shared; each task packs its own rows of A.
/// </summary>
internal static unsafe class BlockedProduct<TLanes, TVector>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    private const int TileRows = 6;
    private const int Depth = 256;
    private const int Width = 3072;
    private const int BlockRows = 96;

    // Below this number of multiplications a second thread costs more than it saves.
    private const long ParallelFrom = 1 << 20;

    private static int TileColumns => 2 * TLanes.Count;

    public static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, ProductShape shape)
    {
        if (shape.Inner == 0)
        {
            result.Clear();
            return;
        }

        var packed = ArrayPool<float>.Shared.Rent(Math.Min(shape.Inner, Depth) * RoundUp(Math.Min(shape.Columns, Width), TileColumns));
        fixed (float* pa = a, pb = b, pc = result, pp = packed)
        {
            for (var column = 0; column < shape.Columns; column += Width)
            {
                for (var depth = 0; depth < shape.Inner; depth += Depth)
                {
                    var block = new Block(
                        pa, pp, pc, shape, column, Math.Min(Width, shape.Columns - column), depth, Math.Min(Depth, shape.Inner - depth));
                    PackB(pb, block);
                    RunRows(block);
                }
            }
        }

        ArrayPool<float>.Shared.Return(packed);
    }

    private static void RunRows(Block block)
    {
        var blocks = (block.Shape.Rows + BlockRows - 1) / BlockRows;
        if (blocks > 1 && (long)block.Shape.Rows * block.Columns * block.Inner >= ParallelFrom)
        {
            Parallel.For(0, blocks, i => RunRowBlock(block, i * BlockRows));
            return;
        }

        for (var i = 0; i < blocks; i++)
        {
            RunRowBlock(block, i * BlockRows);
        }
    }

    private static void RunRowBlock(Block block, int firstRow)
    {
        var rows = Math.Min(BlockRows, block.Shape.Rows - firstRow);
        var packed = ArrayPool<float>.Shared.Rent(RoundUp(rows, TileRows) * block.Inner);
        fixed (float* panels = packed)
        {
            PackA(block, firstRow, rows, panels);
            for (var j = 0; j < block.Columns; j += TileColumns)
            {
                for (var i = 0; i < rows; i += TileRows)
                {
                    RunTile(block, panels + (long)i * block.Inner, firstRow + i, Math.Min(TileRows, rows - i), j);
                }
            }
        }

        ArrayPool<float>.Shared.Return(packed);
    }

    // A tile that crosses the matrix edge is computed in full in a scratch buffer (the panels are padded with zeros), then its valid part
    // is copied.
    private static void RunTile(Block block, float* panelA, int row, int rows, int column)
    {
        var columns = Math.Min(TileColumns, block.Columns - column);
        var stride = block.Shape.Columns;
        var target = block.C + (long)row * stride + block.FirstColumn + column;
        var panelB = block.B + (long)column * block.Inner;
        if (rows == TileRows && columns == TileColumns)
        {
            MultiplyTile(panelA, panelB, block.Inner, target, stride, block.FirstInner > 0);
            return;
        }

        var whole = stackalloc float[TileRows * TileColumns];
        MultiplyTile(panelA, panelB, block.Inner, whole, TileColumns, add: false);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = whole[i * TileColumns + j];
                target[(long)i * stride + j] = block.FirstInner > 0 ? target[(long)i * stride + j] + sum : sum;
            }
        }
    }

    // Named sums, not an array: only locals are kept in registers. 12 sums + 2 of B + 1 of A fit the 16 registers of AVX2.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile(float* a, float* b, int inner, float* target, int stride, bool add)
    {
        TVector s00 = TLanes.Create(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00;
        TVector s30 = s00, s31 = s00, s40 = s00, s41 = s00, s50 = s00, s51 = s00;
        for (var k = 0; k < inner; k++)
        {
            var b0 = TLanes.Load(ref *b, 0);
            var b1 = TLanes.Load(ref *b, (nuint)TLanes.Count);
            var factor = TLanes.Create(a[0]);
            s00 = TLanes.MultiplyAdd(factor, b0, s00);
            s01 = TLanes.MultiplyAdd(factor, b1, s01);
            factor = TLanes.Create(a[1]);
            s10 = TLanes.MultiplyAdd(factor, b0, s10);
            s11 = TLanes.MultiplyAdd(factor, b1, s11);
            factor = TLanes.Create(a[2]);
            s20 = TLanes.MultiplyAdd(factor, b0, s20);
            s21 = TLanes.MultiplyAdd(factor, b1, s21);
            factor = TLanes.Create(a[3]);
            s30 = TLanes.MultiplyAdd(factor, b0, s30);
            s31 = TLanes.MultiplyAdd(factor, b1, s31);
            factor = TLanes.Create(a[4]);
            s40 = TLanes.MultiplyAdd(factor, b0, s40);
            s41 = TLanes.MultiplyAdd(factor, b1, s41);
            factor = TLanes.Create(a[5]);
            s50 = TLanes.MultiplyAdd(factor, b0, s50);
            s51 = TLanes.MultiplyAdd(factor, b1, s51);
            a += TileRows;
            b += 2 * TLanes.Count;
        }

        StoreRow(s00, s01, target, add);
        StoreRow(s10, s11, target + stride, add);
        StoreRow(s20, s21, target + 2L * stride, add);
        StoreRow(s30, s31, target + 3L * stride, add);
        StoreRow(s40, s41, target + 4L * stride, add);
        StoreRow(s50, s51, target + 5L * stride, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TVector left, TVector right, float* target, bool add)
    {
        if (add)
        {
            left = TLanes.Add(left, TLanes.Load(ref *target, 0));
            right = TLanes.Add(right, TLanes.Load(ref *target, (nuint)TLanes.Count));
        }

        TLanes.Store(left, ref *target, 0);
        TLanes.Store(right, ref *target, (nuint)TLanes.Count);
    }

    // Panels of TileRows rows, each stored column by column.
    private static void PackA(Block block, int firstRow, int rows, float* panels)
    {
        var shape = block.Shape;
        for (var panel = 0; panel < rows; panel += TileRows)
        {
            for (var k = 0; k < block.Inner; k++)
            {
                var source = block.A + (long)(firstRow + panel) * shape.ARow + (long)(block.FirstInner + k) * shape.AColumn;
                for (var i = 0; i < TileRows; i++)
                {
                    *panels++ = panel + i < rows ? source[(long)i * shape.ARow] : 0;
                }
            }
        }
    }

    // Panels of TileColumns columns, each stored row by row.
    private static void PackB(float* b, Block block)
    {
        var shape = block.Shape;
        var target = block.B;
        for (var panel = 0; panel < block.Columns; panel += TileColumns)
        {
            for (var k = 0; k < block.Inner; k++)
            {
                var source = b + (long)(block.FirstInner + k) * shape.BRow + (long)(block.FirstColumn + panel) * shape.BColumn;
                for (var j = 0; j < TileColumns; j++)
                {
                    *target++ = panel + j < block.Columns ? source[(long)j * shape.BColumn] : 0;
                }
            }
        }
    }

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;

    /// <summary>One block of work: a range of columns of B and a range of the inner dimension, for all rows of A.</summary>
    private readonly struct Block(float* a, float* b, float* c, ProductShape shape, int firstColumn, int columns, int firstInner, int inner)
    {
        public readonly float* A = a;
        public readonly float* B = b;
        public readonly float* C = c;
        public readonly ProductShape Shape = shape;
        public readonly int FirstColumn = firstColumn;
        public readonly int Columns = columns;
        public readonly int FirstInner = firstInner;
        public readonly int Inner = inner;
    }
}
