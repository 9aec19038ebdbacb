using Simile.Index.Codes;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>Tests whether codes distinguish neighbors, by comparing them with exact scores.</summary>
/// <remarks>
/// Codes represent leading axes with few bits. If vectors form groups much tighter than the distances between groups, a whole group has the
/// same code, and a walk by codes finds arbitrary members of it.
/// </remarks>
internal sealed unsafe class CodeCheck(VectorRows rows, int[] slots)
{
    private const int Queries = 32;
    private const int MostCompared = 16_384;
    private const int Nearest = 10;

    // The number of candidates that a search keeps by default.
    private const int Kept = 64;

    // The minimum share of nearest neighbors that must be among the best codes.
    private const double Least = 0.97;

    /// <summary>Whether nearly all nearest neighbors are among the candidates of a search by codes.</summary>
    public bool Tell(PrincipalCodes codes, NativeArray<byte> lines)
    {
        var compared = Spread(slots, MostCompared);
        var queries = Spread(slots, Queries);
        var shares = new double[queries.Length];
        Parallel.For(0, queries.Length, i => shares[i] = Share(codes, lines, compared, queries[i]));
        return shares.Length == 0 || shares.Average() >= Least;
    }

    private static int[] Spread(int[] all, int most) =>
        all.Length <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Length / most)])];

    private double Share(PrincipalCodes codes, NativeArray<byte> lines, int[] compared, int query)
    {
        using var work = new QueryWork(rows.Dimensions);
        using var vector = new NativeArray<float>(QueryProjection.Padded(rows.Dimensions));
        var components = vector.Slice(0, rows.Dimensions);
        rows.CopyTo(query, components);
        if (!PrincipalAxes.IsUsual(components))
        {
            return 1;
        }

        components.CopyTo(work.Vector.Slice(0, rows.Dimensions));
        var estimates = KernelPaths.Best switch
        {
            KernelPath.Vector512 => Estimates<CodeKernel512>(codes, lines, compared, work),
            KernelPath.Vector256 => Estimates<CodeKernel256>(codes, lines, compared, work),
            _ => Estimates<CodeKernel128>(codes, lines, compared, work),
        };
        var scores = new float[compared.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = compared[i] == query ? float.NegativeInfinity : rows.Score(vector.Pointer, compared[i]);
            estimates[i] = compared[i] == query ? float.NegativeInfinity
                : codes.IsApart(lines.Pointer + ((long)compared[i] * codes.Layout.Bytes)) ? float.PositiveInfinity
                : estimates[i];
        }

        var order = (int[])Enumerable.Range(0, scores.Length).ToArray();
        var (best, nearest) = (Math.Min(Kept, order.Length), Math.Min(Nearest, order.Length));
        var least = scores.OrderDescending().ElementAt(nearest - 1);
        Array.Sort(estimates, order);
        return Math.Min(nearest, order.AsSpan(order.Length - best).ToArray().Count(i => scores[i] >= least)) / (double)nearest;
    }

    private static float[] Estimates<TKernel>(PrincipalCodes codes, NativeArray<byte> lines, int[] compared, QueryWork work)
        where TKernel : struct, ICodeKernel
    {
        var scale = codes.Prepare<TKernel>(work.Vector.Pointer, work);
        var scorer = new ScaledCodeScorer<TKernel>(lines.Pointer, codes.Layout, work, scale);
        var estimates = new float[compared.Length];
        for (var i = 0; i < estimates.Length; i += 4)
        {
            var last = compared.Length - 1;
            var scores = scorer.Score(
                compared[i], compared[Math.Min(i + 1, last)], compared[Math.Min(i + 2, last)], compared[Math.Min(i + 3, last)]);
            for (var j = 0; j < Math.Min(4, estimates.Length - i); j++)
            {
                estimates[i + j] = scores[j];
            }
        }

        return estimates;
    }
}
