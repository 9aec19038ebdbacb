using System.Numerics;
using System.Runtime.InteropServices;
using Simile.Numerics;

namespace Simile.Models;

internal static class MatrixProductStandIn
{
    public static void TimesTransposed(VectorMatrix a, VectorMatrix b, VectorMatrix result)
    {
        const int Tile = 32;
        Parallel.For(0, (a.Count + Tile - 1) / Tile, block =>
        {
            for (var j0 = 0; j0 < b.Count; j0 += Tile)
            {
                for (var i = block * Tile; i < Math.Min(a.Count, (block + 1) * Tile); i += 2)
                {
                    for (var j = j0; j < Math.Min(b.Count, j0 + Tile); j += 4)
                    {
                        Block(a, b, result, i, j);
                    }
                }
            }
        });
    }

    public static VectorMatrix Transpose(VectorMatrix a)
    {
        var t = new VectorMatrix(a.Dimensions, a.Count);
        Parallel.For(0, a.Dimensions, j =>
        {
            var row = t[j];
            var all = a.AsSpan();
            for (var i = 0; i < a.Count; i++)
            {
                row[i] = all[(i * a.Dimensions) + j];
            }
        });
        return t;
    }

    private static void Block(VectorMatrix a, VectorMatrix b, VectorMatrix c, int i, int j)
    {
        var i1 = Math.Min(i + 1, a.Count - 1);
        var a0 = MemoryMarshal.Cast<float, Vector<float>>(a[i]);
        var a1 = MemoryMarshal.Cast<float, Vector<float>>(a[i1]);
        var (j1, j2, j3) = (Math.Min(j + 1, b.Count - 1), Math.Min(j + 2, b.Count - 1), Math.Min(j + 3, b.Count - 1));
        var b0 = MemoryMarshal.Cast<float, Vector<float>>(b[j]);
        var b1 = MemoryMarshal.Cast<float, Vector<float>>(b[j1]);
        var b2 = MemoryMarshal.Cast<float, Vector<float>>(b[j2]);
        var b3 = MemoryMarshal.Cast<float, Vector<float>>(b[j3]);
        Vector<float> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        for (var k = 0; k < a0.Length && k < a1.Length && k < b0.Length && k < b1.Length && k < b2.Length && k < b3.Length; k++)
        {
            s00 = Vector.FusedMultiplyAdd(a0[k], b0[k], s00);
            s01 = Vector.FusedMultiplyAdd(a0[k], b1[k], s01);
            s02 = Vector.FusedMultiplyAdd(a0[k], b2[k], s02);
            s03 = Vector.FusedMultiplyAdd(a0[k], b3[k], s03);
            s10 = Vector.FusedMultiplyAdd(a1[k], b0[k], s10);
            s11 = Vector.FusedMultiplyAdd(a1[k], b1[k], s11);
            s12 = Vector.FusedMultiplyAdd(a1[k], b2[k], s12);
            s13 = Vector.FusedMultiplyAdd(a1[k], b3[k], s13);
        }

        var n = a0.Length * Vector<float>.Count;
        (c[i][j], c[i][j1], c[i][j2], c[i][j3]) = (Vector.Sum(s00), Vector.Sum(s01), Vector.Sum(s02), Vector.Sum(s03));
        (c[i1][j], c[i1][j1], c[i1][j2], c[i1][j3]) = (Vector.Sum(s10), Vector.Sum(s11), Vector.Sum(s12), Vector.Sum(s13));
        for (; n < a.Dimensions; n++)
        {
            foreach (var y in new HashSet<int> { i, i1 })
            {
                foreach (var x in new HashSet<int> { j, j1, j2, j3 })
                {
                    c[y][x] += a[y][n] * b[x][n];
                }
            }
        }
    }
}
